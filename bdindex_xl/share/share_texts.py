"""What `share` says, in both languages."""

from __future__ import annotations

from ..language import Text

SUFFIX = Text("_分享", "_shared")  # of the twin's name, before .xlsx
PDF = Text("生成 PDF", "making the PDF")
SENDING = Text("发送邮件", "sending the message")
SAME_FILE = Text(
    "分享的文件不能覆盖工作簿本身（{name}）。请用 -o 另取名称。",
    "the file to share would replace the workbook itself ({name}). Name another with -o.",
)
MADE_LIVE = Text(
    "已生成 {file}：结果为公式，改动原始数据即随之更新。",
    "Made {file}: its results are formulas that follow the raw data.",
)
MADE_VALUES = Text("已生成 {file}：结果为数值。", "Made {file}: its results are values.")
FINGERPRINT = Text(
    "指纹（输入数据/排名）：{fingerprint}。另行公布后，任何人可用 bdindex verify --expect 核对文件。",
    "Fingerprint (inputs/rankings): {fingerprint}. Publish it elsewhere, and anyone can hold the file against it with "
    "bdindex verify --expect.",
)
COVERS_ONLY = Text("指纹只涵盖副本所含的榜单。", "It covers the ranking that the copy holds.")
COVERS_RANKINGS = Text("副本不含原始数据，只能与指纹的排名部分对照。",
                       "The copy holds no raw data: only its rankings can be held against it.")  # fmt: skip
REMOVED = Text("已移除：", "Taken out:")
FOUND_AGAIN = Text(
    "注意：应移除的内容仍见于下列位置，请自行删改：", "Look at these: what was to be taken out still stands in"
)
UNSENT_FOUND_AGAIN = Text(
    "邮件没有发出：应移除的内容仍见于文件中（{found}）。请删改后重新分享；草稿在 {draft}。",
    "The message was not sent: what was to be taken out still stands in the file ({found}). Mend that and share again; "
    "the draft is {draft}.",
)
DRAFT_KEPT = Text("{error} 邮件草稿已保存为 {draft}。", "{error} The message is kept as a draft, {draft}.")
MADE_PDF = Text("已生成 {file}", "Made {file}")
MADE_DRAFT = Text(
    "已生成邮件草稿 {file}，双击即可在邮件程序中打开。", "Made {file}, a draft that your mail program opens."
)
SENT = Text("已发送给：{to}", "Sent to {to}")
REFUSED = Text("服务器不接受 {address}：{reply}", "The server refused {address}: {reply}")
BACKUP = Text("原文件已备份为 {file}", "What was there before is kept as {file}")
OPENED = Text(
    "邮件草稿已在邮件程序中打开，请填写收件人后发送。", "The draft is open in your mail program: add whom it is for."
)
