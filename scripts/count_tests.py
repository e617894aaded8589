"""Add up the test counts of several JUnit reports and print them in one line."""

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

counts: Counter[str] = Counter()
for name in sys.argv[1:]:
    if not Path(name).exists():
        continue
    for suite in ET.parse(name).getroot().iter("testsuite"):
        for key in ("tests", "failures", "errors", "skipped"):
            counts[key] += int(suite.get(key, 0))
failed = counts["failures"] + counts["errors"]
passed = counts["tests"] - failed - counts["skipped"]
print(f"total: {passed} passed, {failed} failed, {counts['skipped']} skipped")
