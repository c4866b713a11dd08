"""Sheets of words: which words a user has a say in, and what stands out in texts by year."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, InputSheet, ResultSheet

YES = Text("是", "yes")  # in a column that is blank else

WORD_LIST = InputSheet(
    table="bdx_word_list",
    name=Text("热词词表", "Word list"),
    columns=(
        Column("word", Text("词语", "Word"), "name", help=Text("一个词或词组。", "A word, or several words.")),
        Column(
            "use",
            Text("用法", "Use"),
            "text",
            help=Text(
                "套话：文本在此切断，不作为热词；保留：整词保留，不再切分，总作为候选。",
                "Genre word: it cuts a text, and is no hot word. Keep: a word that stays whole, whatever is found.",
            ),
        ),
    ),
    key=("word",),
    about=Text("寻找热词时的套话和必留词。", "Words of the genre, and words to keep, for hot words."),
    note=Text(
        "可自行增删；运行 bdindex words 由政策标题等文本找出各年热词。套话如“实施意见”“行动计划”；产业、应用、创新等"
        "不宜列为套话，否则“数据产业”之类的词会被切断。",
        "Add and remove rows freely; bdindex words finds hot words in titles or other texts. Words of the genre are "
        "such as “notice” and “plan”; industry, application and innovation should not be among them: they are parts "
        "of words.",
    ),
    copy_note=Text("寻找热词所用的词表。", "Words that were cut out or kept in looking for hot words."),
    file="words.csv",
    optional=True,
)

WORDS_FROM = Text("{time} 由 {file} 的 {n} 篇文本得出。", "{time}: {n} {n:text|texts} in {file}.")
WORDS_OF_SAMPLE = Text(
    "由虚构的政策标题和正文（{n} 篇，由 sample/records.py 生成）得出，并非真实政策，仅供演示。",
    "Found in invented titles and texts of policies ({n}, made by sample/records.py), not in real ones; for "
    "demonstration only.",
)
WORDS_LEGEND = Text(
    "占比：当年含该词的文本；突出程度：比此前各年多出几个标准误，{limit} 以上为新热词。",
    "Share: of the year's texts. z: standard deviations above all earlier years; from {limit} on, new.",
)
WORDS = ResultSheet(
    table="bdx_words",
    name=Text("热词", "Hot words"),
    columns=(
        Column("year", Text("年份", "Year"), "year"),
        Column("word", Text("词语", "Word"), "name", holds="words"),
        Column("documents", Text("篇数", "Texts"), "count"),
        Column("share", Text("占比", "Share"), "share"),
        Column("z", Text("突出程度", "z"), "score"),
        Column("new", Text("新热词", "New"), "text"),
    ),
    key=("year", "word"),
    about=Text(
        "各年政策标题等文本中的热词，及其逐年的占比。",
        "Words that stand out in titles or other texts of each year, and their trend.",
    ),
    heading=Text("热词", "Hot words"),
    note=Text("{origin}{legend}", "{origin} {legend}"),
    waiting=Text("尚未分析：请运行 bdindex words。", "Nothing found yet: run bdindex words."),
    filled_by=Text("由 bdindex words 填写并显示。", "Filled, and then shown, by bdindex words."),
    frozen=2,
    optional=True,
    landscape=False,
)
