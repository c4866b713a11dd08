"""What argparse says, in Chinese: its own messages, as those of Python 3.11 to 3.14 have them."""

from __future__ import annotations

import argparse
import re
from functools import cache
from typing import Any

CHINESE = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "subcommands": "命令",
    "%(heading)s:": "%(heading)s：",
    " (default: %(default)s)": "（默认 %(default)s）",
    "show this help message and exit": "显示帮助并退出",
    "show program's version number and exit": "显示版本并退出",
    # a command that is off
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s：注意：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少参数 %s",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "应为 %(choices)s 之一，实为 %(value)r",
    "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)": (
        "应为 %(choices)s 之一，实为 %(value)r；是否想输入 %(suggestion)r？"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "应为 %(choices)s 之一，实为 %(parser_name)r",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的值（%(type)s）",
    "expected one argument": "后面应有一个值",
    "expected at most one argument": "后面至多有一个值",
    "expected at least one argument": "后面至少应有一个值",
    "expected %s argument": "后面应有 %s 个值",
    "expected %s arguments": "后面应有 %s 个值",
    "ignored explicit argument %r": "后面不应有值 %r",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "%s 中应有一个",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "unexpected option string: %s": "此处不应有选项 %s",
    "can't open '%(filename)s': %(error)s": "无法打开 %(filename)s：%(error)s",
    'argument "-" with mode %r': "参数“-”的模式 %r 无效",
    "argument '%(argument_name)s' is deprecated": "参数 %(argument_name)s 已不推荐使用",
    "command '%(parser_name)s' is deprecated": "命令 %(parser_name)s 已不推荐使用",
    "option '%(option)s' is deprecated": "选项 %(option)s 已不推荐使用",
    # a parser that is wrongly made
    ".__call__() not defined": "未定义 .__call__()",
    "%r is not callable": "%r 不可调用",
    "'required' is an invalid argument for positionals": "位置参数不能用 required",
    "cannot have multiple subparser arguments": "只能有一组命令",
    "cannot merge actions - two groups are named %r": "无法合并：有两组都名为 %r",
    "conflicting option string: %s": "选项重复：%s",
    "conflicting option strings: %s": "选项重复：%s",
    "conflicting subparser: %s": "命令重复：%s",
    "conflicting subparser alias: %s": "命令别名重复：%s",
    "dest= is required for options like %r": "%r 这样的选项应有 dest=",
    "invalid conflict_resolution value: %r": "conflict_resolution 的值无效：%r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r": (
        "选项 %(option)r 无效：应以 %(prefix_chars)r 开头"
    ),
    "mutually exclusive arguments must be optional": "互斥的参数必须可省略",
}


_BLANK = re.compile(r"%(?:\((\w+)\))?[sr]")


def in_chinese(message: str) -> str:
    """A message of argparse in Chinese; any other text as it is."""
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(message):
            if not found.groupdict():
                return _BLANK.sub("%s", chinese) % found.groups()
            parts = {name: in_chinese(part) if name == "message" else part for name, part in found.groupdict().items()}
            return _BLANK.sub(r"%(\1)s", chinese) % parts
    return message


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What a message is known by, with its Chinese; those that begin with a blank, or have few words, last."""
    surest_first = sorted(CHINESE, key=lambda message: (message[0] == "%", -len(_BLANK.sub("", message))))
    return tuple((re.compile(_pattern(message), re.DOTALL), CHINESE[message]) for message in surest_first)


def _pattern(message: str) -> str:
    words = _BLANK.split(message)  # names of blanks stand between the words
    blanks = (f"(?P<{name}>.*?)" if name else "(.*?)" for name in words[1::2])
    return re.escape(words[0]) + "".join(b + re.escape(w) for b, w in zip(blanks, words[2::2], strict=True))


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Help whose words are Chinese where argparse would say them in English."""

    class _Section(argparse.HelpFormatter._Section):
        def format_help(self) -> str:
            return super().format_help().replace(f"{self.heading}:", f"{self.heading}：", 1)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, CHINESE["usage: "] if prefix is None else prefix)
