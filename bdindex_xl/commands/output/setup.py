"""The commands doctor, install and uninstall: what they print, and the exit code: 0 all well, 1 something to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ...errors import Severity
from ...language import Lang, Text, joined
from ...setup import doctor as doctors
from ...setup import install as installation
from ...setup import libreoffice
from ...setup.checks import Check, State
from ...setup.doctor import Makers, Mended
from ...setup.install import Step, StepOutcome
from ...setup.machine import Machine, this_machine
from ...workbook.extension import extension
from . import envelope
from .envelope import Remark

_STATES = {
    State.OK: Text("正常", "ok"),
    State.WARNING: Text("注意", "note"),
    State.FAULT: Text("问题", "FAULT"),
    State.NOT_APPLICABLE: Text("不适用", "n/a"),
}
_OUTCOMES = {
    StepOutcome.DONE: Text("完成", "done"),
    StepOutcome.ALREADY: Text("已是", "as is"),
    StepOutcome.SKIPPED: Text("跳过", "skipped"),
    StepOutcome.FAILED: Text("失败", "FAILED"),
}
_WELL = Text("一切正常。", "All is well.")
_FAULTS = Text("有 {n} 处问题需要处理。", "{n} {n:problem needs|problems need} attention.")
_MENDABLE = Text("其中 {n} 处可用 --fix 自动处理。", "{n} of them can be fixed with --fix.")
_DONE = Text("  → {done}", "  → {done}")
_NOT_DONE = Text("  → 未能处理：{done}", "  → could not be fixed: {done}")
_LINE = Text("[{state}] {text}", "[{state}] {text}")
_CHECK = Text("{title}：{found}", "{title}: {found}")
_RESTART = Text("请重新启动 Excel。", "Restart Excel.")
_RESTART_LIBREOFFICE = Text("请重新启动 LibreOffice。", "Restart LibreOffice.")
_RESTART_EITHER = Text("Excel 或 LibreOffice 正在运行的，请重新启动。", "Restart Excel or LibreOffice where they run.")


def doctor(
    file: Path | None,
    *,
    fix: bool,
    as_json: bool,
    lang: Lang,
    makers: Makers | None = None,
    machine: Machine | None = None,
) -> int:
    """Look at everything, mend what can be mended where `fix` is given, and say how it stands then."""
    machine = machine or this_machine()
    checks = doctors.examine(machine, file, makers)
    mended = doctors.mend(checks) if fix else []
    if mended:
        checks = doctors.examine(machine, file, makers)
    well = doctors.all_well(checks)
    if as_json:
        result = _record(checks, mended) | {"system": machine.system}
        envelope.show("doctor", ok=well, lang=lang, file=file, findings=_remarks(checks), result=result)
        return 0 if well else 1
    for one in mended:
        print(_CHECK.format(title=one.check.title, found=one.check.found)[lang])
        print((_NOT_DONE if one.failed else _DONE).format(done=one.done)[lang])
    _print_checks(checks, lang)
    _print_end(checks, lang)
    return 0 if well else 1


def install(
    workbook: Path | None,
    *,
    force: bool,
    as_json: bool,
    lang: Lang,
    addin: Callable[[], bytes] | None = None,
    machine: Machine | None = None,
) -> int:
    """Set this user up; `workbook` goes into the folder that Excel trusts, what `addin` makes to where it starts."""
    lines = installation.install(machine or this_machine(), workbook, force=force, addin=addin)
    return _tell("install", lines, workbook, as_json, lang)


def install_libreoffice(*, as_json: bool, lang: Lang, machine: Machine | None = None) -> int:
    """Have LibreOffice take our extension, and tell that which Python computes."""
    lines = libreoffice.install(machine or this_machine(), extension)
    return _tell("install", lines, None, as_json, lang, _RESTART_LIBREOFFICE)


def uninstall(*, as_json: bool, lang: Lang, machine: Machine | None = None) -> int:
    """Take back what install did."""
    return _tell("uninstall", installation.uninstall(machine or this_machine()), None, as_json, lang, _RESTART_EITHER)


def _tell(
    command: str, lines: list[Step], file: Path | None, as_json: bool, lang: Lang, restart: Text = _RESTART
) -> int:
    well = installation.succeeded(lines)
    if as_json:
        failed = [line for line in lines if line.outcome is StepOutcome.FAILED]
        found = [Remark(Severity.FAULT, "step failed", line.text) for line in failed]
        envelope.show(command, ok=well, lang=lang, file=file, findings=found, result={"steps": lines})
        return 0 if well else 1
    for line in lines:
        print(_LINE.format(state=_OUTCOMES[line.outcome], text=line.text)[lang])
    if any(line.outcome is StepOutcome.DONE for line in lines):
        print(restart[lang])
    return 0 if well else 1


def _print_checks(checks: list[Check], lang: Lang) -> None:
    """Each check with its remedy; then, in a line for each reason, what means nothing here."""
    needless: dict[Text, list[Text]] = {}
    for check in checks:
        if check.state is State.NOT_APPLICABLE:
            needless.setdefault(check.found, []).append(check.title)
            continue
        text = _CHECK.format(title=check.title, found=check.found)
        print(_LINE.format(state=_STATES[check.state], text=text)[lang])
        if check.remedy[lang]:
            print(_DONE.format(done=check.remedy)[lang])
    for why, titles in needless.items():
        text = _CHECK.format(title=why, found=joined(titles))
        print(_LINE.format(state=_STATES[State.NOT_APPLICABLE], text=text)[lang])


def _print_end(checks: list[Check], lang: Lang) -> None:
    faults = [check for check in checks if check.state is State.FAULT]
    if not faults:
        print(_WELL[lang])
        return
    mendable = sum(check.fix is not None for check in faults)
    end = _FAULTS.format(n=len(faults))[lang]
    print(end + (" " if lang == "en" else "") + _MENDABLE.format(n=mendable)[lang] if mendable else end)


def _remarks(checks: list[Check]) -> Iterable[Remark]:
    severities = {State.FAULT: Severity.FAULT, State.WARNING: Severity.WARNING}
    for check in checks:
        if check.state in severities:
            text = _CHECK.format(title=check.title, found=check.found)
            yield Remark(severities[check.state], check.name, text)


def _record(checks: list[Check], mended: list[Mended]) -> dict[str, Any]:
    return {
        "checks": [
            {
                "name": check.name,
                "state": check.state,
                "title": check.title,
                "found": check.found,
                "remedy": check.remedy,
                "fixable": check.fix is not None,
            }
            for check in checks
        ],
        "fixed": [{"name": m.check.name, "done": m.done, "failed": m.failed} for m in mended],
    }
