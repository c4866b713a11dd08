"""Every kind of finding about a source of records: what was expected, what was found, what was done."""

from __future__ import annotations

from ...language import Text
from ...sheets.finding_kind import FAULT, NONE, NOTE, NOTHING, WARNING, Kind

_AS_UTF8 = Text("请另存为“CSV UTF-8”", "save it as “CSV UTF-8”")

KINDS: dict[str, Kind] = {
    # where records are
    "source blank": Kind(FAULT, Text("文件、文件夹或数据库的位置", "where the records are"), NOTHING),
    "source url": Kind(
        FAULT,
        Text("本机或共享文件夹中的文件", "a file on this computer or a shared folder"),
        Text("网址 {found}", "the address {found}"),
        Text("不从网络读取；请先下载到本机", "nothing is read over the network; fetch the file first"),
    ),
    "source device": Kind(
        FAULT,
        Text("普通文件或文件夹", "a plain file or a folder"),
        Text("设备或管道 {found}", "the device or pipe {found}"),
    ),
    "source missing": Kind(
        FAULT, Text("文件或文件夹 {where}", "the file or folder {where}"), Text("没有{meant}", "none{meant}")
    ),
    "source unreadable": Kind(
        FAULT,
        Text("可读取的文件", "a file that can be read"),
        Text("无法读取（{reason}）", "one that cannot ({reason})"),
    ),
    "source folder empty": Kind(FAULT, Text("文件夹中有 {suffixes} 文件", "files of {suffixes} in the folder"), NONE),
    "source folder nested": Kind(
        WARNING,
        Text("数据文件直接放在该文件夹中", "all files in the folder itself"),
        Text("还有子文件夹“{found}”", "the folder “{found}” in it"),
        Text("未读取", "not read"),
    ),
    "source file unread": Kind(
        WARNING,
        Text("只有 {suffixes} 文件", "files of {suffixes} alone"),
        Text("还有“{found}”", "“{found}” beside them"),
        Text("未读取", "not read"),
    ),
    # text files
    "source empty": Kind(FAULT, Text("标题行和数据行", "a header and rows"), Text("空文件", "an empty file")),
    "source packed": Kind(
        FAULT,
        Text("{form} 文件", "a file in the form of {form}"),
        Text("{found} 文件", "one in the form of {found}"),
    ),
    "source encoding": Kind(
        FAULT,
        Text("UTF-8、GB18030 或 UTF-16 编码的文件", "a file in UTF-8, GB18030 or UTF-16"),
        Text("这三种均不能解读", "none of these"),
        _AS_UTF8,
    ),
    "source encoding broken": Kind(
        FAULT,
        Text("与前文一致的 {encoding} 编码", "{encoding} as before it"),
        Text("另一种编码的字符", "characters in another encoding"),
        _AS_UTF8,
    ),
    "source nul": Kind(
        FAULT, Text("文本", "text"), Text("空字符（NUL），文件可能已损坏", "a NUL character: the file may be damaged")
    ),
    "source quotation": Kind(
        FAULT,
        Text("成对的引号", "quotation marks in pairs"),
        Text("未闭合的引号，或引号后紧跟文字", "one that is not closed, or text right after a closed one"),
    ),
    "source row wide": Kind(
        FAULT,
        Text("与标题行一致的 {expected} 列", "{expected} fields, as in the header"),
        Text("{found} 列", "{found}"),
    ),
    "source row short": Kind(
        FAULT,
        Text("与标题行一致的 {expected} 列", "{expected} fields, as in the header"),
        Text("{found} 列", "{found}"),
    ),
    "source told": Kind(
        NOTE,
        Text("UTF-8 编码、以逗号分隔的文件", "a file in UTF-8 with commas between the fields"),
        Text("{encoding}，以{separator}分隔", "{encoding} with {separator} between them"),
        Text("已据此读取", "read as such"),
    ),
    # databases
    "source address": Kind(
        FAULT,
        Text(
            "SQLAlchemy 的数据库地址，如 postgresql://user@host/database#table",
            "the address of a database by SQLAlchemy, such as postgresql://user@host/database#table",
        ),
        Text("无法解读的地址", "one that cannot be read"),
    ),
    "source password": Kind(
        FAULT,
        Text("不含密码的地址", "an address without a password"),
        Text("含有密码的地址", "one that holds it"),
        Text(
            "请把密码从工作簿中删除并更换，改放在环境变量 {variable} 或 {general}，或系统密钥环中",
            "take it out of the workbook, change it, and put it into the environment variable {variable} or {general}, "
            "or into the system's keyring",
        ),
    ),
    "source address option": Kind(
        FAULT,
        Text("只含服务器位置和加密方式的地址", "only the server's place and its encryption in the address"),
        Text("选项 {found}", "the options {found}"),
        Text("请删除", "take them out"),
    ),
    "source table unnamed": Kind(
        FAULT, Text("地址后用 # 写明的表或视图", "a table or view behind the address and #"), NONE
    ),
    "source table missing": Kind(
        FAULT, Text("表或视图“{found}”", "a table or view “{found}”"), Text("没有{meant}", "none{meant}")
    ),
    "source dialect": Kind(
        FAULT,
        Text("已安装的 SQLAlchemy 方言和驱动", "a dialect and driver of SQLAlchemy that is installed"),
        Text("{found}", "{found}"),
        Text(
            "请检查地址的开头，或用 pip 安装提供该方言的软件包",
            "check how the address begins, or install with pip the package that has it",
        ),
    ),
    "source driver": Kind(
        FAULT,
        Text("数据库 {found} 的 Python 驱动", "the driver in Python for {found}"),
        Text("未安装 {package}", "no {package} installed"),
        Text(
            "请用 pip 安装，或在地址中写明已安装的驱动，如 postgresql+pg8000",
            "install it with pip, or name in the address one that is, such as postgresql+pg8000",
        ),
    ),
    "source database": Kind(FAULT, Text("可读取的数据库", "a database that can be read"), Text("{reason}", "{reason}")),
    # sheets
    "source sheet missing": Kind(
        FAULT, Text("工作表“{found}”", "a sheet “{found}”"), Text("没有{meant}", "none{meant}")
    ),
    "source sheets": Kind(
        NOTE,
        Text("在文件名后用 # 写明工作表", "the name of the sheet behind the file's name and #"),
        Text("工作表 {sheets}", "the sheets {sheets}"),
        Text("读取第一张“{taken}”", "the first, “{taken}”, was read"),
    ),
    "source value error": Kind(
        FAULT, Text("值或空白", "a value or a blank"), Text("错误值 {found}", "the error {found}")
    ),
    "source uncalculated": Kind(
        FAULT,
        Text("算出结果的公式", "a formula with its result"),
        Text("尚未计算的公式 ={found}", "the formula ={found}, not calculated yet"),
        Text("请在 Excel 或 WPS 中打开并保存一次", "open the file in Excel or WPS and save it once"),
    ),
    # fields
    "source header blank": Kind(
        FAULT,
        Text("每列都有标题", "a header over every column"),
        Text("第 {column} 列没有标题", "none over column {column}"),
    ),
    "source header twice": Kind(
        FAULT,
        Text("“{field}”只有一列", "one column “{field}”"),
        Text("第 {first} 列和第 {column} 列", "columns {first} and {column}"),
    ),
    "source field missing": Kind(FAULT, Text("“{field}”列", "a column “{field}”"), Text("没有{meant}", "none{meant}")),
    "source field unusable": Kind(
        FAULT,
        Text("“{field}”列是文本、数、日期或是否", "texts, numbers, dates or yes and no in the column “{field}”"),
        Text("{found} 类型的值", "values of the type {found}"),
    ),
    "source form": Kind(
        FAULT,
        Text("{form} 文件", "a file in the form of {form}"),
        Text("无法按此读取（{reason}）", "one that cannot be read as such ({reason})"),
    ),
}
