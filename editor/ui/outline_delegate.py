"""How a row of the outline is painted and its title edited.

A row shows, from its leading edge: the status of a scene as a coloured shape (a faint dot where there is none) or the sign of
a file that is no chapter, the title, a mark if it is not exported or not as it was posted, and the words in figures of equal width. The background (selection, pointer, caret) is the
view's. Colours come from the palette; those of the statuses from the theme.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from editor.app.themes import Colour, Theme
from editor.manuscript.posted_chapters import State
from editor.markup.model import Level
from editor.ui.icons import icon_pixmap
from editor.ui.outline_model import Role
from editor.ui.outline_projection import RowKind
from editor.ui.outline_words import format_count, status_kind

Index = QModelIndex | QPersistentModelIndex

PADDING = 6
SHAPE = 14
ROW_AIR = 12
"""Pixels that a row is higher than its text."""
LEAST_TITLE = 70
"""Pixels of title below which the word count gives way."""

MUTED = 0.75
"""How much of the colour of text the name of a file has."""

_FILE_ICONS = {RowKind.FILE: "file", RowKind.EMPTY_FILE: "file", RowKind.CUTS: "cuts"}
CHANGED = "posted-changed"
_POSTED_ICONS = {State.CHANGED: CHANGED, State.NEW: "posted-new"}
_SHAPED = {RowKind.SCENE, *_FILE_ICONS}

_STATUS_COLOURS = {
    "todo": Colour.STATUS_TODO,
    "draft": Colour.STATUS_DRAFT,
    "revised": Colour.STATUS_REVISED,
    "done": Colour.STATUS_DONE,
    "other": Colour.STATUS_OTHER,
}


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Where the pieces of a row stand; an empty rectangle is not painted."""

    shape: QRect
    title: QRect
    mark: QRect
    words: QRect


class OutlineDelegate(QStyledItemDelegate):
    """Paints rows and edits their titles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._status_colours: dict[str, QColor] = {}
        self._mark_colour = QColor()
        self.cut_ids: frozenset[int] = frozenset()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of the statuses from `theme`."""
        self._status_colours = {
            kind: QColor(theme.colours[colour]) for kind, colour in _STATUS_COLOURS.items()
        }
        self._mark_colour = QColor(theme.colours[Colour.ACCENT])

    def lay_out(self, option: QStyleOptionViewItem, index: Index) -> RowLayout:
        """Return where the pieces of a row stand in `option.rect`, for either direction of writing."""
        row = option.rect.adjusted(2, 0, -PADDING - 2, 0)
        left, right = row.left(), row.right() + 1
        has_shape = index.data(Role.KIND) in _SHAPED
        shape = QRect(left, row.center().y() - SHAPE // 2 + 1, SHAPE, SHAPE) if has_shape else QRect()
        left += SHAPE + PADDING if has_shape else 0
        figures = QFontMetrics(_figures(option.font)).horizontalAdvance(format_count(index.data(Role.WORDS)))
        mark = SHAPE + PADDING if _mark_of(index) else 0
        words = marked = QRect()
        if right - left - figures - mark - 2 * PADDING >= LEAST_TITLE:
            words = QRect(right - figures, row.top(), figures, row.height())
            right -= figures + 2 * PADDING
        if mark:
            marked = QRect(right - SHAPE + 2, row.center().y() - SHAPE // 2 + 1, SHAPE, SHAPE)
            right -= mark
        title = QRect(left, row.top(), max(0, right - left), row.height())
        pieces = (shape, title, marked, words)
        return RowLayout(*(QStyle.visualRect(option.direction, option.rect, piece) for piece in pieces))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        layout, font = self.lay_out(option, index), _title_font(option.font, index)
        text, faint = _text_colour(option, index), option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.save()
        if index.data(Role.ID) in self.cut_ids:
            painter.setOpacity(0.45)
        if layout.shape.width() == SHAPE:
            icon = _FILE_ICONS.get(index.data(Role.KIND))
            if icon:
                _paint_icon(painter, layout.shape, icon, faint)
            else:
                self._paint_status(painter, layout.shape, index.data(Role.STATUS), faint)
        lead = Qt.AlignmentFlag.AlignLeft if _runs_right(option) else Qt.AlignmentFlag.AlignRight
        trail = Qt.AlignmentFlag.AlignRight if _runs_right(option) else Qt.AlignmentFlag.AlignLeft
        flat = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setFont(font)
        painter.setPen(text)
        title = QFontMetrics(font).elidedText(
            _one_line(index), Qt.TextElideMode.ElideRight, layout.title.width()
        )
        painter.drawText(layout.title, lead | flat | Qt.TextFlag.TextSingleLine, title)
        if layout.mark.width() == SHAPE:
            name = _mark_of(index)
            _paint_icon(painter, layout.mark, name, self._mark_colour if name == CHANGED else faint)
        painter.setFont(_figures(option.font))
        painter.setPen(faint)
        if layout.words.width() > 1:
            painter.drawText(layout.words, trail | flat, format_count(index.data(Role.WORDS)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a comfortable height; the width is the view's."""
        return QSize(LEAST_TITLE, option.fontMetrics.height() + ROW_AIR)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the field in which a title is edited in place."""
        field = QLineEdit(parent)
        field.setObjectName("titleField")
        field.setAccessibleName(str(index.data(Role.EDITED)))
        field.setFrame(False)
        field.setAutoFillBackground(True)
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the field over the title and to the end of the row."""
        title = self.lay_out(option, index).title
        room = title.united(QRect(QPoint(option.rect.right() - PADDING, title.top()), QSize(1, 1)))
        editor.setGeometry((room if _runs_right(option) else title).adjusted(-3, 2, 0, -2))

    def _paint_status(self, painter: QPainter, rect: QRect, status: str, faint: QColor) -> None:
        kind = status_kind(status)
        if kind:
            _paint_icon(painter, rect, f"status-{kind}", self._status_colours.get(kind, faint))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        dot = QColor(faint)
        dot.setAlphaF(0.45)
        painter.setBrush(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawEllipse(rect.center() + QPoint(1, 0), 2, 2)


def _paint_icon(painter: QPainter, rect: QRect, name: str, colour: QColor) -> None:
    painter.drawPixmap(
        rect.topLeft(), icon_pixmap(name, colour.rgba(), SHAPE, painter.device().devicePixelRatioF())
    )


def _mark_of(index: Index) -> str:
    """Return the icon beside the title of a row that is not exported, or changed or new since it was posted; "" for none."""
    return "excluded" if index.data(Role.IS_EXCLUDED) else _POSTED_ICONS.get(index.data(Role.POSTED), "")


def _runs_right(option: QStyleOptionViewItem) -> bool:
    return option.direction == Qt.LayoutDirection.LeftToRight


def _one_line(index: Index) -> str:
    return " ".join(str(index.data()).split())


def _text_colour(option: QStyleOptionViewItem, index: Index) -> QColor:
    kind = index.data(Role.KIND)
    if kind in {RowKind.FILE, RowKind.CUTS}:
        muted = QColor(option.palette.color(QPalette.ColorRole.Text))
        muted.setAlphaF(MUTED)
        return muted
    if kind == RowKind.EMPTY_FILE or _is_in_cuts(index):
        return option.palette.color(QPalette.ColorRole.PlaceholderText)
    is_there = not index.data(Role.IS_EXCLUDED) and (
        index.data(Role.TITLE) or index.data(Role.LEVEL) == Level.SCENE
    )
    return option.palette.color(QPalette.ColorRole.Text if is_there else QPalette.ColorRole.PlaceholderText)


def _is_in_cuts(index: Index) -> bool:
    above = index.parent()
    while above.parent().isValid():
        above = above.parent()
    return bool(above.data(Role.KIND) == RowKind.CUTS)


def _title_font(font: QFont, index: Index) -> QFont:
    kind = index.data(Role.KIND)
    font = QFont(font)
    if kind in {RowKind.PART, RowKind.CHAPTER}:
        font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(not index.data(Role.TITLE))
    if kind == RowKind.PART:
        font.setCapitalization(QFont.Capitalization.SmallCaps)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font


def _figures(font: QFont) -> QFont:
    """The font for word counts: a little smaller, all figures of the same width."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * 0.92)
    return font
