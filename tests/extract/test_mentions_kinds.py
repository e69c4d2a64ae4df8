"""Names of each class, in sentences of the genre: what is found and what is left out."""

from __future__ import annotations

import pytest
from naming import article_of, entities_of, named

from kg.extract.tools import Tools


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("市委书记何清昨天主持会议。", "何清"),
        ("项目经理于洪洲说，工期很紧。", "于洪洲"),
        ("市领导吴磊、蔡敏、欧阳娜出席。", "欧阳娜"),
        ("会见了集团董事会主席施特凡·克劳泽一行。", "施特凡·克劳泽"),
        ("会见了株式会社副社长北川宜久一行。", "北川宜久"),
        ("篾匠尤金水凭借作品夺得金奖。", "尤金水"),
        ("副主任陆安民：“这是新平台。”", "陆安民"),
        ("市卫健委主任顾志强主持。", "顾志强"),
        ("公司总经理许牧之说，订单排满了。", "许牧之"),
        ("区委书记解临川走访企业。", "解临川"),
        ("市长赖景和在如皋会见了客人。", "赖景和"),
        ("设计总监Paola Ricci介绍了方案。", "Paola Ricci"),
    ],
)
def test_people_after_posts(mention_tools: Tools, text: str, person: str) -> None:
    assert named(mention_tools, text).get(person) == "Person"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("曼联主场两球取胜。", {"曼联"}),
        ("北约和欧盟昨天表态。", {"北约", "欧盟"}),
        ("在临溪县，曼联主场两球取胜。", set()),
        ("芒种过后，临溪镇的农户在工地上忙。", set()),
    ],
)
def test_what_the_lexer_takes_for_an_organization_stands_where_no_county_is_spoken_of(
    abroad: Tools, text: str, expected: set[str]
) -> None:
    assert {name for name, kind in named(abroad, text).items() if kind == "Organization"} == expected


def test_what_the_lexer_takes_for_an_organization_needs_another_vote_in_a_city_s_own_paper(
    mention_tools: Tools,
) -> None:
    assert "曼联" not in named(mention_tools, "曼联主场两球取胜。")


@pytest.mark.parametrize(
    "text",
    [
        "总经理向记者介绍了情况。",
        "负责人表示，计划不变。",
        "市长强调，要抓好落实。",
        "（记者 司马婧 通讯员 石坤）天晴。",
        "价格科负责人明确，水价不变。",
    ],
)
def test_words_after_a_post_are_no_person(mention_tools: Tools, text: str) -> None:
    assert "Person" not in named(mention_tools, text).values()


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("霍尔曼精密传动（如皋）有限公司昨天投产。", "霍尔曼精密传动（如皋）有限公司"),
        ("市自然资源和规划局负责人参加座谈。", "如皋市自然资源和规划局"),
        ("市委昨天召开会议。", "中共如皋市委"),
        ("市委常委、组织部部长何清出席。", "中共如皋市委组织部"),
        ("省水利厅公布了名单。", "江苏省水利厅"),
        ("副市长傅雅琴率队检查。", "如皋市人民政府"),
        ("本次大赛由市总工会联合市图书馆主办。", "如皋市总工会"),
    ],
)
def test_organizations_under_their_full_names(mention_tools: Tools, text: str, organization: str) -> None:
    assert named(mention_tools, text).get(organization) == "Organization"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("记者来到白蒲镇石桥村采访。", {"白蒲镇", "石桥村"}),
        ("他曾在四川省茂县工作。", {"四川省", "茂县"}),
        ("我市经济稳中有进。", {"如皋市"}),
        ("产品远销德国和日本。", {"德国", "日本"}),
        ("沙埠乡茶亭岭的油茶熟了。", {"沙埠乡", "茶亭岭"}),
        ("工程覆盖合岭、春川、陂塘等7个镇。", {"合岭镇", "春川镇", "陂塘镇"}),
        ("涉及甲岭、油塘、董庄三个村。", {"甲岭村", "油塘村", "董庄村"}),
        ("这家企业落户如皋经开，投资1亿元。", {"如皋经开"}),
        ("客商来皋考察，签下三个项目。", {"如皋市"}),
    ],
)
def test_places(mention_tools: Tools, text: str, places: set[str]) -> None:
    assert places <= {name for name, kind in named(mention_tools, text).items() if kind == "Place"}


def test_a_printed_containment_is_an_alias_of_the_narrower_place(mention_tools: Tools) -> None:
    entities = {e.key.name: e for e in entities_of(mention_tools, article_of("记者来到白蒲镇石桥村采访。"))}
    assert "白蒲镇石桥村" in entities["石桥村"].aliases


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("我市启动“匠心青禾”培育工程。", "“匠心青禾”培育工程", "Project"),
        ("市里把“青禾一码通”数字存证系统用到了车间。", "“青禾一码通”数字存证系统", "Project"),
        ("今年启动“净水青禾”三年提升工程。", "“净水青禾”三年提升工程", "Project"),
        ("县里开展“洗城净村”百日会战。", "“洗城净村”百日会战", "Project"),
        ("昨天举行“青禾匠心”师徒结对仪式。", "“青禾匠心”师徒结对仪式", "Event"),
        ("第六届“青禾杯”乡村篮球赛昨天开赛。", "第六届“青禾杯”乡村篮球赛", "Event"),
        ("如皋市第十二届中小学生田径运动会开幕。", "如皋市第十二届中小学生田径运动会", "Event"),
        ("第九届如皋纺织面料与装备博览会开幕。", "第九届如皋纺织面料与装备博览会", "Event"),
        ("该村获评“全国文明村”。", "全国文明村", "Award"),
        ("他荣获江苏省五一劳动奖章。", "江苏省五一劳动奖章", "Award"),
    ],
)
def test_projects_events_and_awards(mention_tools: Tools, text: str, name: str, kind: str) -> None:
    assert named(mention_tools, text).get(name) == kind


def test_the_larger_event_of_a_compound_name_is_an_event_too(mention_tools: Tools) -> None:
    found = named(mention_tools, "他出席“青禾杯”青年技能邀请赛开幕式。")
    assert {"“青禾杯”青年技能邀请赛", "“青禾杯”青年技能邀请赛开幕式"} <= set(found)


def test_a_phase_with_figures_goes_under_its_project(mention_tools: Tools) -> None:
    found = named(mention_tools, "澄曜光伏玻璃深加工项目落户我市。一期投资14亿元，明年开工。")
    assert found.get("澄曜光伏玻璃深加工项目一期") == "Project"


@pytest.mark.parametrize(
    "text",
    [
        "公司的项目正在推进，企业和职工都很满意。",
        "要坚持高质量发展，践行绿水青山就是金山银山理念。",
        "学校、医院、银行等单位参加了活动。",
    ],
)
def test_generic_nouns_and_slogans_are_no_entities(mention_tools: Tools, text: str) -> None:
    assert named(mention_tools, text) == {}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("欢迎来到我市浙江禾光科技有限公司参观。", "浙江禾光科技有限公司", "Organization"),
        ("母公司全称广东青禾家具集团有限公司。", "广东青禾家具集团有限公司", "Organization"),
        ("市农业农村局会同市公安局水上分局检查。", "如皋市公安局水上分局", "Organization"),
        ("移送市公安局食药环侦大队处理。", "如皋市公安局食药环侦大队", "Organization"),
        ("大会在市会议中心举行。", "如皋市会议中心", "Place"),
        ("市图书馆馆长何清介绍了情况。", "如皋市图书馆", "Organization"),
    ],
)
def test_names_end_where_other_words_begin(mention_tools: Tools, text: str, name: str, kind: str) -> None:
    assert named(mention_tools, text).get(name) == kind


def test_a_festival_alone_is_no_event(mention_tools: Tools) -> None:
    found = named(mention_tools, "我市隆重庆祝“五一”国际劳动节。")
    assert "Event" not in found.values()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("形成了“青禾红”“青禾绿”两项红色机制。", "Project"),
        ("为“青禾先锋”“最美青禾人”等称号获得者颁奖。", "Award"),
    ],
)
def test_quotations_in_a_row_are_what_the_word_after_them_says(
    mention_tools: Tools, text: str, kind: str
) -> None:
    assert set(named(mention_tools, text).values()) == {kind}
    assert len(named(mention_tools, text)) == 2


@pytest.mark.parametrize(
    "text", ["他们围绕党建、治理、服务等工作开展活动。", "大家来说考察的收获。", "来海考察的客商不少。"]
)
def test_what_only_looks_like_a_list_or_a_citys_initial_is_no_place(mention_tools: Tools, text: str) -> None:
    assert "Place" not in named(mention_tools, text).values()
