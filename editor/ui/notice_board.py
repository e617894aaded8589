"""Show notices in the message bar and run the answer that the writer gives."""

from PySide6.QtCore import QObject

from editor.ui.message_bar import Action, MessageBar
from editor.ui.messages import Answer, Notice


class NoticeBoard(QObject):
    """The notices of one window. A notice of a topic takes the place of an earlier one of that topic."""

    def __init__(self, bar: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._answers: dict[int, tuple[Answer, ...]] = {}
        self._topics: dict[str, int] = {}
        bar.action_triggered.connect(self._answer)
        bar.dismissed.connect(self._forget)

    def show(self, notice: Notice) -> None:
        """Show a notice."""
        if notice.is_correction and notice.topic not in self._topics:
            return
        self.settle(notice.topic)
        actions = [Action(answer.label, str(index)) for index, answer in enumerate(notice.answers)]
        message_id = self._bar.show_message(notice.text, actions, notice.kind, notice.timeout_ms)
        self._answers[message_id] = notice.answers
        if notice.topic:
            self._topics[notice.topic] = message_id

    def settle(self, topic: str) -> None:
        """Take away the notice of a topic, if it is still there."""
        message_id = self._topics.pop(topic, None)
        if message_id is not None:
            self._answers.pop(message_id, None)
            self._bar.remove_message(message_id)

    def _forget(self, message_id: int) -> None:
        self._answers.pop(message_id, None)
        self._topics = {topic: there for topic, there in self._topics.items() if there != message_id}

    def _answer(self, message_id: int, action_id: str) -> None:
        answers = self._answers.get(message_id, ())
        self._forget(message_id)
        self._bar.remove_message(message_id)
        if answers:
            answers[int(action_id)].run()
