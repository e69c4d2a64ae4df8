"""A few pages that hold what makes resolution work: names again, a story again, a text again, and no page."""

from __future__ import annotations

from pathlib import Path

STORY = (
    "本报讯 3月2日，海宁市人民政府与浙江大学签署战略合作协议。海宁市市长周立新会见了浙江大学副校长罗启明，"
    "双方就共建研究院、人才培养和成果转化交换了意见。海宁恒达电子有限公司董事长沈国强参加会见。"
    "签约仪式在海宁宾馆举行。"
)
VISIT = (
    "市长周立新走访重点企业\n■记者 陆思敏\n"
    "本报讯 昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司。\n"
    "恒达电子总投资3.2亿元的智能终端产业园项目位于海宁经济开发区。\n"
)
MEETING = (
    "## 全市工业经济大会召开\n■记者 钱文亮\n本报讯 2月18日，海宁市召开全市工业经济大会。"
    "市委书记许建华出席会议并讲话，市长周立新主持会议。\n"
    "海宁恒达电子有限公司获评“市级工业强企”称号。\n"
)
RECORDS = (
    '{"title": "许建华调研", "text": "本报讯 3月5日，海宁市委书记许建华走访了恒达电子。"}\n'
    '{"title": "无文",\n'
)
PAGES = {
    "a/visit.txt": VISIT,
    "a/again.txt": VISIT,
    "a/signing.txt": f"海宁市与浙江大学签署合作协议\n■通讯员 马小芳\n{STORY}\n",
    "b/reprint.txt": f"我市与浙江大学合作\n■记者 钱文亮\n{STORY}\n天气晴好。\n",
    "b/meeting.md": MEETING,
    "b/broken.txt": "\0\0\0",
    "b/records.jsonl": RECORDS,
}


def archive(folder: Path) -> Path:
    """Write the pages into a folder and return it."""
    for name, text in PAGES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder
