"""Writes into the pages what the code knows: commands, settings, choices of method, functions, columns, the interface.

And into `output.schema.json` what commands say of their results.

A page marks the place with ``<!-- generated: NAME -->`` and ``<!-- end -->``; between them stands what is made here.
Every name of `parts` has its place in the pages of each language, once.

    python docs/generate.py            rewrite the pages
    python docs/generate.py --check    change nothing; exit 1 where a page is out of date
"""

from __future__ import annotations

import argparse
import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import house
import output_schema
import published
import rooms

import bdindex_xl as bdx
from bdindex_xl.commands.catalogue import COMMANDS, parser
from bdindex_xl.commands.parser import subparsers
from bdindex_xl.functions.table import FUNCTIONS
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.model.method import Transformation
from bdindex_xl.model.value_checks import TAKES
from bdindex_xl.sheets import choices, method_texts, options, schema

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "bdindex_xl" / "sheets" / "sample" / "README.md"
_BLOCK = re.compile(r"^(<!-- generated: (?P<name>[^>]+?) -->\n).*?^(<!-- end -->)", re.DOTALL | re.MULTILINE)
OPTIMUM = Text("最优值（即 1）", "the optimum, which is 1")
# The key of a setting, its choices in words, and what each does.
_TAKES = Text("{does}，用于{takes}。", "{does}, of {takes}.")
METHODS: Mapping[str, tuple[choices.Choices, Mapping[Any, Text]]] = {
    "transformation": (
        choices.TRANSFORMATIONS,
        {kind: _TAKES.format(does=kind.record.does, takes=TAKES[kind.record.takes]) for kind in Transformation},
    ),
    "imputation": (choices.IMPUTATIONS, method_texts.IMPUTE),
    "treatment": (choices.TREATMENTS, method_texts.TREAT),
    "normalisation": (choices.NORMALISATIONS, method_texts.NORMALISE),
    "weighting": (choices.WEIGHTINGS, method_texts.WEIGH),
    "aggregation": (choices.AGGREGATIONS, method_texts.AGGREGATE),
}
FILES = {sheet.file: sheet.columns for sheet in (*schema.INPUTS, schema.DATA) if sheet.file}


def parts() -> dict[str, Callable[[Lang], str]]:
    """Everything that is made here, by the name that pages mark its place with."""
    return {
        "commands": _commands,
        **{f"command {name}": functools.partial(_command, name) for name in COMMANDS},
        "settings": _settings,
        **{f"method {key}": functools.partial(_method, key) for key in METHODS},
        "published": _published,
        "functions": _functions,
        "figures": _figures,
        **{f"columns {file}": functools.partial(_columns, file) for file in FILES},
        "interface": lambda _: _interface(),
        "rooms": _rooms,
        "sample": _sample,
    }


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [list(header), ["---"] * len(header), *([*row] for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") or " " for cell in row) + " |" for row in cells)


def _commands(lang: Lang) -> str:
    header = (Text("命令", "Command"), Text("作用", "What it does"))
    rows = ((f"[`{name}`](#{name})", command.ABOUT[lang]) for name, command in COMMANDS.items())
    return _table([cell[lang] for cell in header], rows)


def _command(name: str, lang: Lang) -> str:
    """How it is called, and a row for every option."""
    command = subparsers(parser(lang))[name]
    actions = [action for action in command._actions if action.dest != "help"]
    rows, call = [], [command.prog]
    for action in sorted(actions, key=lambda action: (bool(action.option_strings), action.dest == "json")):
        value = str(action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""))
        if action.option_strings:
            shown = ", ".join(f"{option} {value}".strip() for option in action.option_strings)
            call += [f"{action.option_strings[-1]} {value}"] if action.required else []
        else:
            shown = {"?": f"[{value}]", "+": f"{value} …"}.get(str(action.nargs), value)
            call.append(shown)
        rows.append((f"`{shown}`", str(action.help)))
    header = (Text("参数", "Argument"), Text("含义", "Meaning"))
    line = " ".join([*call, Text("[选项]", "[options]")[lang]])
    return f"`{line}`\n\n" + _table([cell[lang] for cell in header], rows)


def _settings(lang: Lang) -> str:
    header = (
        Text("设置项", "Setting"), Text("工作表中的名称", "On the sheet"), Text("取值", "Values"),
        Text("默认", "Default"), Text("含义", "Meaning"),
    )  # fmt: skip
    rows = []
    for setting in options.SETTINGS_ROWS:
        if setting.key in METHODS:
            values = Text("见[方法](methods.md)", "see [methods](methods.md)")[lang]
        elif setting.choices:
            named = [_choice(code, text, lang) for code, text in setting.choices.items()]
            named += [Text("年份", "a year")[lang]] if setting.open_ended else []
            values = Text("、", ", ")[lang].join(named)
        elif setting.limits:
            values = "{:g} – {:g}".format(*setting.limits)
        else:
            values = Text("文字", "text")[lang]
        default = f"`{setting.default}`" if setting.default != "" else ""
        rows.append((f"`{setting.key}`", setting.label[lang], values, default, setting.meaning[lang]))
    return _table([cell[lang] for cell in header], rows)


def _choice(code: str, text: Text, lang: Lang) -> str:
    other = text[lang].casefold() != code.casefold()
    return Text("`{code}`（{text}）", "`{code}` ({text})").format(code=code, text=text)[lang] if other else f"`{code}`"


def _method(key: str, lang: Lang) -> str:
    known, what = METHODS[key]
    sources: Mapping[Any, Text] = method_texts.SOURCES
    on_scale = {"scale": "100", "mean": "50", "sd": "10", "most": "5", "constant": "23", "first": "1"}
    header = (
        Text("取值", "Value"), Text("工作表中的名称", "On the sheet"),
        Text("做法", "What it does"), Text("来源", "Source"),
    )  # fmt: skip
    rows = []
    for code, name in known.items():
        is_default = key in options.SETTING and code == options.SETTING[key].default
        default = Text("（默认）", " (default)")[lang] if is_default else ""
        source = sources[code][lang] if code in sources else ""
        exponent = Text("设置项 `exponent`", "the setting `exponent`")
        does = what[code].format(exponent=exponent, sign="−", optimum=OPTIMUM, **on_scale)
        rows.append((f"`{code}`{default}", name[lang], _sentence(does[lang]), source))
    return _table([cell[lang] for cell in header], rows)


def _published(lang: Lang) -> str:
    """Published indices that the tests rebuild."""
    return _table([cell[lang] for cell in published.HEADER], published.rows(lang))


def _figures(lang: Lang) -> str:
    """Kinds of figures, as the sheet offers them."""
    header = (Text("类型", "Kind"), Text("工作表中的名称", "On the sheet"), Text("内容", "What it shows"))
    rows = (
        (f"`{kind}`", choices.FIGURE_KINDS[kind][lang], choices.ABOUT_FIGURES[kind][lang])
        for kind in choices.FIGURE_KINDS
    )
    return _table([cell[lang] for cell in header], rows)


def _sentence(text: str) -> str:
    """Words, but no formulas, begin with a capital."""
    return text[:1].upper() + text[1:] if re.match(r"[a-z]* ?[a-z]+[ ,]", text) and not text.startswith("z ") else text


def _functions(lang: Lang) -> str:
    made = []
    for function in FUNCTIONS:
        call = ", ".join(f"[{one.name}]" if one.optional else one.name for one in function.arguments)
        header = (Text("参数", "Argument"), Text("含义", "Meaning"))
        rows = [(f"`{one.name}`", one.help[lang]) for one in function.arguments]
        table = _table([cell[lang] for cell in header], rows)
        made.append(f"## {function.name}\n\n`={function.name}({call})`\n\n{function.summary[lang]}\n\n{table}")
    return "\n\n".join(made)


def _columns(file: str, lang: Lang) -> str:
    header = (
        Text("列", "Column"), Text("中文列名", "Chinese header"),
        Text("英文列名", "English header"), Text("内容", "What stands in it"),
    )  # fmt: skip
    rows = ((f"`{one.key}`", one.header.zh, one.header.en, one.help[lang]) for one in FILES[file])
    return _table([cell[lang] for cell in header], rows)


def _interface() -> str:
    """A directive for every public name: functions, then classes, then errors; and for what the functions return."""
    kinds: dict[str, list[str]] = {"autofunction": [], "autoclass": [], "autoexception": []}
    returned: dict[str, None] = {}
    for name in bdx.__all__:
        thing = getattr(bdx, name)
        if inspect.isclass(thing):
            kinds["autoexception" if issubclass(thing, Exception) else "autoclass"].append(f"bdindex_xl.{name}")
        elif callable(thing):
            kinds["autofunction"].append(f"bdindex_xl.{name}")
            result = getattr(sys.modules[thing.__module__], thing.__annotations__["return"].removesuffix(" | None"))
            if result.__name__ not in bdx.__all__:
                returned[f"{result.__module__}.{result.__name__}"] = None
    kinds["autoclass"] += returned
    made = [f".. {kind}:: {name}" for kind, names in kinds.items() for name in names]
    return "```{eval-rst}\n" + "\n\n".join(made) + "\n```"


def _rooms(lang: Lang) -> str:
    header = (Text("模块", "Room"), Text("内容", "What is in it"))
    names = [room for layer in rooms.layers() for room in layer]
    table = _table([cell[lang] for cell in header], ((f"`{name}`", rooms.ROOMS[name][lang]) for name in names))
    return f"```text\n{rooms.drawn()}\n```\n\n{_counts()[lang]}\n\n{table}"


def _counts() -> Text:
    """How many rooms and floors the imports make, beside what they made before the rooms were put in order."""
    plan = house.plan()
    return Text(
        "按导入关系计，共 {rooms} 个模块、{floors} 层；`python docs/house.py` 由源代码数出，并列出各模块的行数。\n"
        "整理之前（提交 2686624）为 34 个模块、17 层，305 个文件、43,475 行，\n"
        "有 36 个类名指不止一个类，现在没有。",
        "By their imports: {rooms} rooms on {floors} floors: `python docs/house.py` counts them from the source,\n"
        "with the lines of each. Before they were put in order (commit 2686624) there were 34 on 17, in 305 modules\n"
        "of 43,475 lines, and 36 names of classes stood for more than one; now none does.",
    ).format(rooms=len(plan), floors=max(house.floors(plan).values()))


def _sample(lang: Lang) -> str:
    """The part of the sample's own note that is in this language."""
    language = Text("中文", "English")[lang]
    told = SAMPLE.read_text(encoding="utf-8")
    found = re.search(rf"^## {language}\n\n(.*?)(?=\n## |\Z)", told, re.DOTALL | re.MULTILINE)
    if found is None:
        raise SystemExit(f"{SAMPLE}: expected a heading “## {language}”, found none")
    return found[1].strip()


def renewed(page: str, lang: Lang, made: Mapping[str, Callable[[Lang], str]]) -> str:
    """The page with its blocks made anew."""

    def block(found: re.Match[str]) -> str:
        if found["name"] not in made:
            raise SystemExit(f"expected a block that is generated, one of {', '.join(made)}; found {found['name']}")
        return f"{found[1]}\n{made[found['name']](lang)}\n\n{found[3]}"

    return _BLOCK.sub(block, page)


def _schema(*, check: bool) -> list[str]:
    """Renew the schema of what commands print, or say that it is out of date."""
    text = output_schema.FILE.read_text(encoding="utf-8")
    new = output_schema.renewed(text)
    if new != text and check:
        return [f"{output_schema.FILE.name} is out of date: run python docs/generate.py"]
    if new != text:
        output_schema.FILE.write_text(new, encoding="utf-8", newline="\n")
    return []


def main(arguments: Sequence[str]) -> int:
    """Rewrite the pages, or look whether they are as they would be rewritten."""
    own = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    own.add_argument("--check", action="store_true", help="change nothing; exit 1 where a page is out of date")
    check = own.parse_args(arguments).check
    made, wrong = parts(), []
    for lang in LANGUAGES:
        pages = {path: path.read_text(encoding="utf-8") for path in sorted((HERE / lang).glob("*.md"))}
        places = [found["name"] for page in pages.values() for found in _BLOCK.finditer(page)]
        wrong += [f"docs/{lang}: {name} stands {places.count(name)} times" for name in made if places.count(name) != 1]
        for path, page in pages.items():
            new = renewed(page, lang, made)
            if new != page and check:
                wrong.append(f"docs/{lang}/{path.name} is out of date: run python docs/generate.py")
            elif new != page:
                path.write_text(new, encoding="utf-8", newline="\n")
    wrong += _schema(check=check)
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
