"""Sheets of scenarios: sets of settings that people name, and what each makes of the rankings."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, Further, InputSheet, ResultSheet

_FILLED = Text(
    "由 bdindex scenarios 或功能区的“方案比较”填写并显示。",
    "Filled, and then shown, by bdindex scenarios or Scenarios on the ribbon.",
)
_WAITING = Text(
    "尚未比较：请运行 bdindex scenarios，或点击功能区的“方案比较”。",
    "Nothing compared yet: run bdindex scenarios, or click Scenarios on the ribbon.",
)

SCENARIOS = InputSheet(
    table="bdx_scenarios",
    name=Text("方案", "Scenarios"),
    columns=(
        Column(
            "scenario",
            Text("方案", "Scenario"),
            "name",
            help=Text("方案的名称；名称相同的几行是同一方案。", "Its name; rows of one name are one scenario."),
        ),
        Column(
            "setting",
            Text("设置项", "Setting"),
            "name",
            help=Text("与“设置”表不同的一项。", "A setting that is not as on the sheet of settings."),
        ),
        Column(
            "value",
            Text("取值", "Value"),
            "name",
            help=Text(
                "该方案中的取值，与“设置”表中的写法相同。", "Its value in this scenario, as on the sheet of settings."
            ),
        ),
    ),
    key=("scenario", "setting"),
    about=Text("可供比较的方案：与设置不同的几项。", "Scenarios to compare: what is not as in the settings."),
    note=Text(
        "每行一个方案的一项设置，可自行增删；运行 bdindex scenarios 与当前设置的结果并列比较。不影响指数的数值。",
        "One setting of one scenario a row; add or remove rows freely. bdindex scenarios holds them against the "
        "results by the settings; they change no number.",
    ),
    copy_note=Text("与设置不同的方案。", "Scenarios that differ from the settings."),
    file="scenarios.csv",
    optional=True,
)

SCENARIO_SUMMARY = ResultSheet(
    table="bdx_scenario_summary",
    name=Text("方案比较", "Scenario summary"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("scenario", Text("方案", "Scenario"), "name"),
        Column("what", Text("与设置不同之处", "What differs"), "long text"),
        Column("spearman", Text("斯皮尔曼 ρ", "Spearman ρ"), "score"),
        Column("kendall", Text("肯德尔 τ", "Kendall τ"), "score"),
        Column("mean_move", Text("平均变动", "Mean move"), "score"),
        Column("moved", Text("变动地区数", "Units that moved"), "count"),
        Column("greatest", Text("最大变动", "Greatest move"), "rank change"),
        Column("unit", Text("变动最大的地区", "Of which unit"), "name", holds="units"),
        Column("ranked", Text("有排名的地区数", "Ranked units"), "count"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "各方案与当前设置相比，排名有多接近、谁变动最大。",
        "How close each scenario's ranking is to that of the settings, and who moves most.",
    ),
    heading=Text("{index}：方案比较（{year} 年）", "{index}: scenarios compared, {year}"),
    note=Text(
        "与当前设置的排名相比：ρ、τ 为 1 时次序相同；变动为正表示在该方案中名次更靠前。只比较两者都有排名的地区。",
        "Against the ranking by the settings: ρ and τ of 1 are the same order; a positive move is up under the "
        "scenario. Of the units that both rank.",
    ),
    waiting=_WAITING,
    filled_by=_FILLED,
    frozen=2,
    optional=True,
)

# Headers of what each scenario has, by role.
OF_SCENARIO = {
    "score": Text("{scenario}：得分", "{scenario}: score"),
    "rank": Text("{scenario}：排名", "{scenario}: rank"),
}
SCENARIO_RANKS = ResultSheet(
    table="bdx_scenario_ranks",
    name=Text("各方案排名", "Ranks by scenario"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("code", Text("代码", "Code"), "code"),
        Column("unit", Text("地区", "Unit"), "name", holds="units"),
        Column("score", Text("得分", "Score"), "score"),
        Column("rank", Text("排名", "Rank"), "rank"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    further=Further.SCENARIOS,
    about=Text(
        "每个地区在当前设置和各方案下的得分与排名，并列一行。",
        "Each unit's score and rank by the settings and by each scenario, side by side.",
    ),
    heading=Text("{index}：各方案的得分与排名（{year} 年）", "{index}: scores and ranks by scenario, {year}"),
    note=Text(
        "前两列为当前设置的得分和排名，其后每个方案两列；没有排名的留空。",
        "Score and rank by the settings first, then two columns a scenario; blank without a rank.",
    ),
    waiting=_WAITING,
    filled_by=_FILLED,
    frozen=3,
    optional=True,
)
