"""Characters of names of places in traditional writing."""

from __future__ import annotations

_PAIRS = (
    "東东廣广慶庆滬沪蘇苏瀋沈陽阳遼辽寧宁濟济鄭郑漢汉長长瀘泸貴贵雲云龍龙灣湾臺台門门區区縣县鎮镇鄉乡連连營营蘭兰肅肃陝陕內内爾尔"
    "濱滨齊齐鶴鹤雞鸡雙双馬马銅铜蕪芜懷怀紹绍興兴溫温麗丽湯汤無无錫锡揚扬鹽盐賓宾樂乐綿绵達达資资寶宝銀银吳吴衛卫烏乌魯鲁薩萨"
    "羅罗維维壯壮騰腾縉缙萬万義义煙烟棗枣莊庄澤泽萊莱濰潍臨临許许駐驻黃黄岡冈荊荆張张婁娄關关欽钦賀贺來来廈厦贛赣饒饶"
    "撫抚鷹鹰島岛號号樓楼邊边鮮鲜滿满錦锦順顺蘆芦鐵铁嶺岭盤盘豐丰倉仓崑昆涼凉隴陇崗岗灘滩潤润舊旧滄沧運运呂吕陰阴懐怀"
    "應应鳳凤壽寿潁颍蕭萧嶽岳淵渊淶涞潛潜漣涟為为爲为國国華华紅红綏绥縱纵習习聞闻蓮莲蘄蕲賀贺遠远遷迁鄒邹鄲郸"
    "釣钓鉅巨鋼钢鎭镇閩闽陸陆隨随雞鸡靈灵韓韩項项頓顿風风駱骆魚鱼鳥鸟麥麦龜龟澗涧潯浔灤滦瑤瑶甯宁畢毕碭砀禮礼穀谷節节"
)  # fmt: skip
_TABLE = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}


def simplified(text: str) -> str:
    """The text with these characters in simplified writing.

    >>> simplified("廣東省深圳市龍崗區")
    '广东省深圳市龙岗区'
    """
    return text.translate(_TABLE)
