"""The worksheet functions as LAMBDA names, so that users' own formulas go on working in Excel 365 without macros.

Written as a person types them, and stored as files spell them. They take numbers; anything else in a cell is missing.
"""

from __future__ import annotations

import re

from ...language import Lang
from ...sheets import schema

# What files put a prefix before: functions newer than the format.
_NEWER = ("LAMBDA", "LET", "BYROW", "BYCOL", "MAP", "MAKEARRAY", "ISOMITTED", "TOROW", "SEQUENCE")
_WORD = re.compile(r'"[^"]*"|\[(\w+)\]|\b[A-Za-z_]\w*\b')
_LAMBDA_OR_LET = re.compile(r"\b(LAMBDA|LET)\(")

# Other methods than these are more than a formula: an error says so, where a score by the usual one would mislead.
_EQUAL = """IF(ISOMITTED(method),FALSE,IF(OR(method="equal",method="等权"),TRUE,
 IF(OR(method="",method="improved vector",method="改进向量法"),FALSE,NA())))"""
_ARITHMETIC = """IF(ISOMITTED(method),TRUE,
 IF(OR(method="",method="arithmetic",method="加权算术平均",method="算术平均"),TRUE,NA()))"""
_FULL = 'IF(ISOMITTED(maximum),100,IF(maximum="",100,maximum))'
_NORMALISE = f"""LAMBDA(data,[directions],[goalposts],[maximum],LET(
 n,COLUMNS(data),full,{_FULL},
 signs,IF(ISOMITTED(directions),SEQUENCE(1,n,1,0),
  IF(ROWS(directions)*COLUMNS(directions)=1,SEQUENCE(1,n,SUM(directions),0),TOROW(directions))),
 low,IF(ISOMITTED(goalposts),BYCOL(data,LAMBDA(down,MIN(down))),INDEX(goalposts,1,0)),
 high,IF(ISOMITTED(goalposts),BYCOL(data,LAMBDA(down,MAX(down))),INDEX(goalposts,2,0)),
 MAKEARRAY(ROWS(data),n,LAMBDA(i,j,LET(
  v,INDEX(data,i,j),a,INDEX(low,1,j),b,INDEX(high,1,j),
  IF(NOT(ISNUMBER(v)),"",IF(a=b,"",LET(
   z,IF(INDEX(signs,1,j)<0,(b-v)/(b-a),(v-a)/(b-a))*full,
   IF(ISOMITTED(goalposts),z,MAX(0,MIN(full,z)))))))))))"""
_NORMALISED = "IF(ISOMITTED(directions),BDINDEX_NORMALISE(data),BDINDEX_NORMALISE(data,directions))"
_WEIGHTS = f"""LAMBDA(data,[directions],[method],LET(
 z,{_NORMALISED},
 equal,{_EQUAL},
 far,BYCOL(z,LAMBDA(down,LET(
  n,SUM(MAP(down,LAMBDA(v,IF(ISNUMBER(v),1,0)))),
  IF(n=0,-1,SUM(MAP(down,LAMBDA(v,IF(ISNUMBER(v),(100-v)^2,0))))/n)))),
 least,MIN(MAP(far,LAMBDA(d,IF(d<0,1E+9,d)))),
 near,MAP(far,LAMBDA(d,IF(d<0,0,IF(equal,1,IF(least=0,IF(d=0,1,0),least/d))))),
 MAP(near,LAMBDA(k,k/SUM(near)))))"""
_SHARED = f"""LET(equal,{_EQUAL},
 IF(ISOMITTED(weights),
  IF(ISOMITTED(directions),
   IF(equal,BDINDEX_WEIGHTS(data,SEQUENCE(1,COLUMNS(data),1,0),"equal"),BDINDEX_WEIGHTS(data)),
   IF(equal,BDINDEX_WEIGHTS(data,directions,"equal"),BDINDEX_WEIGHTS(data,directions))),
  TOROW(weights)))"""
_AGGREGATE = f"""LAMBDA(scores,weights,[method],LET(
 known,{_ARITHMETIC},
 given,IF(known,TOROW(weights)),total,SUM(given),n,COLUMNS(scores),
 BYROW(scores,LAMBDA(across,LET(
  over,SUM(MAP(across,given,LAMBDA(v,w,IF(ISNUMBER(v),v*w,0)))),
  under,SUM(MAP(across,given,LAMBDA(v,w,IF(ISNUMBER(v),w,0)))),
  there,SUM(MAP(across,LAMBDA(v,IF(ISNUMBER(v),1,0)))),
  IF(OR(there<0.65*n-1E-9,under<=0),"",over/under))))))"""
_SCORE = f"""LAMBDA(data,[directions],[weights],[method],[maximum],LET(
 shares,{_SHARED},
 full,{_FULL},
 MAP(BDINDEX_AGGREGATE({_NORMALISED},shares),LAMBDA(v,IF(ISNUMBER(v),v*full/100,v)))))"""
_CONTRIBUTION = f"""LAMBDA(data,[directions],[weights],[method],[maximum],LET(
 shares,{_SHARED},
 full,{_FULL},
 z,{_NORMALISED},
 MAKEARRAY(ROWS(data),COLUMNS(data),LAMBDA(i,j,LET(
  across,INDEX(z,i,0),v,INDEX(z,i,j),
  under,SUM(MAP(across,shares,LAMBDA(x,w,IF(ISNUMBER(x),w,0)))),
  there,SUM(MAP(across,LAMBDA(x,IF(ISNUMBER(x),1,0)))),
  IF(OR(NOT(ISNUMBER(v)),there<0.65*COLUMNS(data)-1E-9,under<=0),"",v*INDEX(shares,1,j)/under*full/100))))))"""
_RANK = """LAMBDA(scores,[order],LET(
 least,IF(ISOMITTED(order),FALSE,order=1),
 MAKEARRAY(ROWS(scores),COLUMNS(scores),LAMBDA(i,j,LET(
  v,INDEX(scores,i,j),
  IF(NOT(ISNUMBER(v)),"",1+SUM(MAP(INDEX(scores,0,j),
   LAMBDA(x,IF(ISNUMBER(x),IF(IF(least,v-x,x-v)>1E-12,1,0),0))))))))))"""
_RANKCHANGE = """LAMBDA(current,previous,MAP(current,previous,LAMBDA(now,before,
 IF(NOT(ISNUMBER(now)),"",IF(ISNUMBER(before),before-now,"{new}")))))"""

_TYPED = {
    "BDINDEX_NORMALISE": _NORMALISE,
    "BDINDEX_WEIGHTS": _WEIGHTS,
    "BDINDEX_AGGREGATE": _AGGREGATE,
    "BDINDEX_SCORE": _SCORE,
    "BDINDEX_CONTRIBUTION": _CONTRIBUTION,
    "BDINDEX_RANK": _RANK,
    "BDINDEX_RANKCHANGE": _RANKCHANGE,
}


def names(lang: Lang) -> dict[str, str]:
    """Formulas by defined name, as files store them. Tiers are not among them: they need a search, not a formula."""
    return {name: stored(text.replace("{new}", schema.NEW_UNIT[lang])) for name, text in _TYPED.items()}


def stored(typed: str) -> str:
    """A formula as a file spells it: a prefix before newer functions, and before what LAMBDA and LET bind.

    >>> stored("LAMBDA(x,[y],LET(z,1,x+z))")
    '_xlfn.LAMBDA(_xlpm.x,_xlop.y,_xlfn.LET(_xlpm.z,1,_xlpm.x+_xlpm.z))'
    """
    text = re.sub(r"\s*\n\s*", "", typed)
    bound = _bound(text)

    def spelled(found: re.Match[str]) -> str:
        word = found[0]
        if found[1]:
            return f"_xlop.{found[1]}"
        if word in _NEWER:
            return f"_xlfn.{word}"
        return f"_xlpm.{word}" if word in bound else word

    return _WORD.sub(spelled, text)


def _bound(text: str) -> set[str]:
    """Names that some LAMBDA or LET of a formula binds; these formulas bind none that means another thing elsewhere."""
    found: set[str] = set()
    for start in _LAMBDA_OR_LET.finditer(text):
        parts = _arguments(text, start.end())
        bound = parts[:-1] if start[1] == "LAMBDA" else parts[:-1:2]
        found |= {part.strip("[] ") for part in bound}
    return found


def _arguments(text: str, at: int) -> list[str]:
    """Arguments of the call whose opening parenthesis ends at `at`."""
    parts, depth, start, quoted = [], 0, at, False
    for i in range(at, len(text)):
        character = text[i]
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "([":
            depth += 1
        elif character in ")]":
            if depth == 0:
                parts.append(text[start:i])
                break
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return parts
