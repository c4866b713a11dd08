"""What a workbook says of the method it uses: every choice in use named, no other, in both languages.

Each sentence begins with the name that the drop-downs show; where nodes differ, it says which are meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from ..engine.prepare import normalisation_of, treatment_of
from ..engine.rules import aggregation_of, keeps_bounds
from ..engine.seen import TWO_SIDED
from ..engine.weigh import weighting_of
from ..language import Text, joined, same
from ..model.choices import Choice
from ..model.framework import Aggregate, Framework, Node
from ..model.method import PARAMETERS, Imputation, Method, Normalisation, Scope, Transformation, Treatment
from . import choices, own_told
from . import method_texts as texts
from .options import SETTING
from .own_told import counted

_NAMED = 6  # nodes named beside a choice; more are counted
_NAMED_CHOICE = Text("{choice}：{sentence}", "{choice}: {sentence}")
_CHOICE_OF = Text("{choice}（{nodes}）", "{choice} ({nodes})")

K = TypeVar("K", bound=StrEnum)


def preparing(framework: Framework, method: Method) -> Text:
    """Denominators and what becomes of outliers."""
    divided = [(i.name, i.denominator) for i in framework.indicators if i.denominator]
    names = {node.code: node.name for node in framework.nodes}
    pairs = [texts.DIVIDED.format(name=name, denominator=names.get(by, by)) for name, by in divided[:_NAMED]]
    first = texts.AS_ENTERED
    if pairs:
        first = texts.DENOMINATORS.format(pairs=counted(pairs, len(divided)))
    made_of: dict[Transformation, list[Node]] = {}
    for one in framework.indicators:
        if one.transformation is not None:
            made_of.setdefault(one.transformation, []).append(one)
    parts = [_transformed(kind, nodes) for kind, nodes in made_of.items()]
    if parts:
        transformed = texts.TRANSFORMED.format(parts=joined(parts, zh="；", en="; "))
        first = _together(first, transformed) if divided else transformed
    used = _used(framework.indicators, [treatment_of(i, method) for i in framework.indicators])
    if set(used) == {Treatment.NONE}:
        return _together(first, texts.TREAT[Treatment.NONE])
    known = {kind: text.format(most=method.max_winsorised) for kind, text in texts.TREAT.items()}
    limits = {"skewness": f"{method.skewness_limit:g}", "kurtosis": f"{method.kurtosis_limit:g}"}
    tested = [texts.ONLY_SKEWED.format(**limits)] if set(used) - {Treatment.NONE, Treatment.LOG_ALWAYS} else []
    return _together(first, _sentences(used, choices.TREATMENTS, known), *tested)


def _transformed(kind: Transformation, nodes: Sequence[Node]) -> Text:
    names = counted([same(node.name) for node in nodes[:_NAMED]], len(nodes))
    return texts.TRANSFORMED_BY.format(names=names, does=kind.record.does)


def _two_sided(framework: Framework) -> list[Text]:
    """How indicators that are best in between are scored, and what is best of each; nothing where there is none."""
    found = [one for one in framework.indicators if one.direction == TWO_SIDED]
    parts = []
    for one in found[:_NAMED]:
        ends = [f"{end:.15g}" for end in (one.best_lower, one.best_upper) if end is not None]
        told = texts.BEST_VALUE if ends[0] == ends[-1] else texts.BEST_INTERVAL
        parts.append(told.format(name=one.name, lower=ends[0], upper=ends[-1]))
    return [texts.TWO_SIDED.format(parts=counted(parts, len(found)))] if parts else []


def normalising(framework: Framework, method: Method) -> Text:
    """How raw data become scores."""
    used = _normalisations(framework, method)
    compared = [texts.OF_SCOPE[scope] for scope in texts.OF_SCOPE if scope == method.scope]
    fixed = set(used) <= _FIXED
    sentences = [_sentences(used, choices.NORMALISATIONS, _normalised_how(method)), *([] if fixed else compared)]
    sentences += _two_sided(framework)
    if framework.goalposts_by_year and Normalisation.GOALPOSTS in used:
        sentences.append(texts.YEARLY_ENDS.format(n=len({one.code for one in framework.goalposts_by_year})))
    return _together(*sentences, *([_bounds(method)] if is_bounded(framework, method) else []))


def _normalised_how(method: Method) -> dict[Normalisation, Text]:
    """What each normalisation does, in the method's numbers."""
    further = {"constant": f"{method.rank_constant:.15g}", "first": f"{method.first_place}"}
    return {kind: _on_scale(text, method, **further) for kind, text in texts.NORMALISE.items()}


def meaning_of_changes(framework: Framework, method: Method) -> Text:
    """What the scores of two years have in common, for the note over changes."""
    fixed = set(_normalisations(framework, method)) <= _FIXED
    return texts.ACROSS_YEARS if fixed or method.scope == Scope.PANEL else texts.WITHIN_YEARS


_FIXED = {Normalisation.GOALPOSTS, Normalisation.BASE_YEAR}  # normalisations that scopes are nothing to


def weighing(framework: Framework, method: Method) -> Text:
    """How children are weighted."""
    used = _used(framework.aggregates, [weighting_of(parent, method) for parent in framework.aggregates])
    free = not _all_bounded(framework, method)
    optimum = texts.OPTIMUM_FOUND if free else texts.OPTIMUM
    known = {kind: text.format(optimum=optimum) for kind, text in texts.WEIGH.items()}
    sentences = [_sentences(used, choices.WEIGHTINGS, known)]
    if set(used) & texts.FROM_DATA:
        sentences += [texts.LEVELS, *(texts.WEIGHTS_SCOPE[s] for s in texts.WEIGHTS_SCOPE if s == method.weights_scope)]
    if method.given_share:
        mix = next(texts.MIX[kind] for kind in texts.MIX if kind == method.mixing)
        sentences.append(mix.format(share=_percent(method.given_share)))
    return _together(*sentences)


def aggregating(framework: Framework, method: Method) -> Text:
    """How children become their parent."""
    used = _used(framework.aggregates, [aggregation_of(parent, method) for parent in framework.aggregates])
    further = {"exponent": f"{method.exponent:g}", "sign": "+" if method.upward_penalty else "−"}
    known = {kind: _on_scale(text, method, **further) for kind, text in texts.AGGREGATE.items()}
    told = _sentences(used, choices.AGGREGATIONS, known)
    upwards = [texts.UPWARDS] if len(framework.aggregates) > 1 else []
    how = _normalised_how(method)
    anew = [
        _NAMED_CHOICE.format(choice=choices.NORMALISATIONS[kind], sentence=how[kind])
        for kind in _of_aggregates_alone(framework, method)
    ]
    return _together(told, *upwards, *own_told.of_scores(framework), *anew, *_rounding(framework, method))


def _rounding(framework: Framework, method: Method) -> list[Text]:
    """To how many decimals scores are rounded, and where; nothing where they are not."""
    told = []
    if method.decimals is not None:
        told.append(texts.RANKED_BY.format(n=method.decimals))
        if method.round_levels:
            told.append(texts.ROUNDED.format(n=method.decimals))
    own = [same(node.name) for node in framework.nodes if node.decimals is not None]
    if own:
        told.append(texts.ROUNDED_ALONE.format(names=counted(own[:_NAMED], len(own))))
    return told


def _on_scale(text: Text, method: Method, **further: str) -> Text:
    """A sentence in numbers of the method's scale."""
    full = {"scale": method.scale, "mean": method.scale / 2, "sd": method.scale / 10}
    return text.format(**{key: f"{value:g}" for key, value in full.items()}, **further)


def _bounds(method: Method) -> Text:
    return _on_scale(texts.BOUNDED, method)


def missing(framework: Framework, method: Method) -> Text:
    """What becomes of missing values."""
    kind = method.imputation
    sentences = [texts.IMPUTE[kind]]
    if kind is not Imputation.NONE:
        sentences = [_NAMED_CHOICE.format(choice=choices.IMPUTATIONS[kind], sentence=sentences[0]), texts.STILL_MISSING]
    few = [texts.TOO_FEW.format(share=_percent(method.min_available))] if method.min_available else []
    spread = own_told.spread_of(method)
    return _capital(_together(*sentences, spread, *few, *own_told.of_missing(framework, method)))


def sources(framework: Framework, method: Method) -> Text:
    """Where the choices in use come from, each source once."""
    used: list[Choice] = [*_normalisations(framework, method), *_of_aggregates_alone(framework, method)]
    used += [weighting_of(parent, method) for parent in framework.aggregates]
    used += [aggregation_of(parent, method) for parent in framework.aggregates]
    used += [treatment_of(indicator, method) for indicator in framework.indicators]
    used.append(method.imputation)
    found = dict.fromkeys([texts.HANDBOOK, *(texts.SOURCES[kind] for kind in used if kind in texts.SOURCES)])
    return _together(Text("{all}。", "{all}.").format(all=joined(list(found), zh="；", en="; ")))


def is_bounded(framework: Framework, method: Method) -> bool:
    """Whether all scores of aggregates lie within 0 and the full marks."""
    always = all(aggregation_of(parent, method).record.bounded for parent in framework.aggregates)
    factors = any(parent.factor for parent in framework.aggregates)
    return (always or _all_bounded(framework, method)) and not factors


def _all_bounded(framework: Framework, method: Method) -> bool:
    """Whether all normalisations in use keep within 0 and the full marks."""
    bounded = all(kind.record.bounded for kind in _normalisations(framework, method))
    return bounded and keeps_bounds(framework, method)


def range_of_scores(framework: Framework, method: Method) -> Text:
    """Between which numbers scores lie, for the note over a ranking."""
    return _bounds(method) if is_bounded(framework, method) else range_of_normalised(framework, method)


def range_of_normalised(framework: Framework, method: Method) -> Text:
    """The same of the indicators' own scores."""
    scales = [kind.record.scale for kind in _normalisations(framework, method) if kind.record.scale]
    return _together(*(_on_scale(scale, method) for scale in scales or [texts.BOUNDED]))


def is_by_distance(framework: Framework, method: Method) -> bool:
    """Whether any weights are found by the improved vector method, in whichever reading."""
    return any(weighting_of(parent, method).record.reads == "distances" for parent in framework.aggregates)


def normalised_by(framework: Framework, method: Method) -> Text:
    """The names of the normalisations in use."""
    return joined([choices.NORMALISATIONS[kind] for kind in _normalisations(framework, method)])


def unlike_functions(framework: Framework, method: Method) -> tuple[Text, ...]:
    """What this index does other than the worksheet functions do unless told otherwise: none for the plain method.

    The functions know one method, the one of `Method()`. Every field of a method counts, but for those that change
    nothing beside the others.
    """
    plain, found = Method(), []
    for name, one in PARAMETERS.items():
        value = getattr(method, name)
        if value != one.default and one.matters(method):
            found.append(_setting(name, one.spelt(value)))
    for node in framework.nodes:
        found += [_OWN.format(node=node.name, choice=what) for what in _unlike(node, plain)]
    return tuple(dict.fromkeys(found))


def _unlike(node: Node, plain: Method) -> Iterator[Text]:
    """What a node has that the worksheet functions know nothing of."""
    for key, known in choices.OF_FRAMEWORK.items():
        own = getattr(node, key, None)
        if own and own != getattr(plain, key, None) and not (key == "normalisation" and isinstance(node, Aggregate)):
            yield known[own]
    if isinstance(node, Aggregate):
        yield from [_SCORE] if own_told.has_own(node) else []
        yield from [SETTING["min_available"].label] if node.min_available is not None else []
    else:
        yield from [_DENOMINATOR] if node.denominator else []
        yield from [_BEST] if node.direction == TWO_SIDED else []
    yield from [SETTING["decimals"].label] if node.decimals is not None else []


_OWN = Text("“{node}”的{choice}", "{choice} of “{node}”")
_DENOMINATOR, _BEST = Text("分母", "the denominator"), Text("最优值", "the best values")
_SCORE = Text("得分的再标准化、反向或系数", "what becomes of the score")
_KEYED = Text("{label}：{value}", "{label}: {value}")


def _setting(key: str, value: str | float) -> Text:
    known = SETTING[key].choices
    shown = known[str(value)] if known else same(f"{value:g}")
    return _KEYED.format(label=SETTING[key].label, value=shown)


def _normalisations(framework: Framework, method: Method) -> dict[Normalisation, list[Node]]:
    return _used(framework.indicators, [normalisation_of(i, method) for i in framework.indicators])


def _of_aggregates_alone(framework: Framework, method: Method) -> list[Normalisation]:
    """Normalisations of aggregates' scores that no indicator has: nothing else tells what they do."""
    found = dict.fromkeys(node.normalisation for node in framework.aggregates if node.normalisation is not None)
    return [kind for kind in found if kind not in _normalisations(framework, method)]


def _used(nodes: Sequence[Node], kinds: Sequence[K]) -> dict[K, list[Node]]:
    """Each choice in use, and the nodes that go by it."""
    used: dict[K, list[Node]] = {}
    for node, kind in zip(nodes, kinds, strict=True):
        used.setdefault(kind, []).append(node)
    return used


def _sentences(used: Mapping[K, list[Node]], labels: Mapping[str, Text], sentences: Mapping[K, Text]) -> Text:
    """A sentence for each choice in use, with its nodes where there are several."""
    told = []
    for kind, nodes in used.items():
        choice = labels[kind]
        if len(used) > 1:
            names = [same(node.name) for node in nodes[:_NAMED]]
            choice = _CHOICE_OF.format(choice=choice, nodes=counted(names, len(nodes)))
        told.append(_NAMED_CHOICE.format(choice=choice, sentence=sentences[kind]))
    return _together(*told)


def _together(*sentences: Text) -> Text:
    """Sentences one after the other, each beginning with a capital where there are any."""
    told = [_capital(sentence) for sentence in sentences]
    return Text("".join(one.zh for one in told), " ".join(one.en for one in told))


def _capital(text: Text) -> Text:
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
