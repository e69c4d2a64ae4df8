"""Pages of our own, and what a call of the command line gives."""

from __future__ import annotations

import shutil
import sysconfig
from dataclasses import dataclass
from pathlib import Path

KG = str(Path(sysconfig.get_path("scripts"), "kg"))

PAGES = {
    "visit.txt": """市长周立新走访重点企业
■记者 陆思敏
本报讯 昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司。
恒达电子总投资3.2亿元的智能终端产业园项目位于海宁经济开发区。
“我们计划明年6月投产。”海宁恒达电子有限公司董事长沈国强说。
""",
    "meeting.md": """## 全市工业经济大会召开
■记者 钱文亮
本报讯 2月18日，海宁市召开全市工业经济大会。市委书记许建华出席会议并讲话，市长周立新主持会议。
海宁恒达电子有限公司获评“市级工业强企”称号。
""",
    "signing.txt": """海宁市与浙江大学签署合作协议
■通讯员 马小芳
本报讯 3月2日，海宁市人民政府与浙江大学签署战略合作协议。海宁市市长周立新会见了浙江大学副校长罗启明。
""",
}


def warm(out: Path, graph: Path) -> Path:
    """Make the folder of a build that finds in the cache of a graph what its pages say, and return it."""
    out.mkdir()
    shutil.copy(graph / ".kg-cache", out)
    return out


@dataclass(frozen=True, slots=True)
class Done:
    """How a call ended and what it wrote."""

    code: int
    out: str
    err: str
