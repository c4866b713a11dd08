"""Words of the genre of policies that a new word list begins with. Their subjects, such as 产业, are not among them."""

from __future__ import annotations

_CHINESE = """
的 和 与 及 或 等 对 对于 在 为 以 从 由 其 将 年 有关 相关 关于 本 加快 加强 推进 推动 促进 深化 强化 支持 鼓励
规范 完善 健全 做好 开展 落实 贯彻 构建 打造 提升 优化 扩大 引导 进一步 全面 更好 发挥 作用 建设 发展 实施 管理
工作 组织 印发 发布 公布 修订 申报 征集 遴选 认定 评选 试行 暂行 年度 意见 实施意见 指导意见 若干意见 方案
实施方案 工作方案 行动方案 总体方案 计划 行动计划 三年 三年行动 五年 行动 办法 管理办法 暂行办法 措施 若干措施
若干 政策 若干政策 规划 发展规划 专项规划 总体规划 十四五 十三五 专项 总体 通知 通告 公告 函 决定 报告 要点
工作要点 重点 任务 重点任务 条例 促进条例 管理条例 规定 管理规定 细则 实施细则 规则 纲要 清单 指南 名单 项目
资金 专项资金 高质量 高质量发展 创新发展 融合发展 改革 印发关于 现就 如下 事项 根据 按照 结合 实际 制定 本文件
文件 所称 范围 主管部门 有关部门 另行 健康 有序 各地 各部门 以下简称 如何 要求 目标 原则 内容
"""
_ENGLISH = """
a an and as at by for from in into its of on or the their this to under up upon with within accelerate
accelerating advance advancing deepen deepening enhance enhancing foster fostering promote promoting strengthen
strengthening support supporting improve improving further several certain related relevant act action decision
decisions development directive document framework guidance guideline guidelines implementation interim law
management measure measures notice opinion opinions outline plan plans policies policy program programme
provisional provisions regulation regulations rule rules strategy trial work year three-year five-year
"""
GENRE = tuple(dict.fromkeys(_CHINESE.split())), tuple(dict.fromkeys(_ENGLISH.split()))
