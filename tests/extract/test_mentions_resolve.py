"""Forms of one name on a page: deixis, short forms, brands, and names that spread over the articles."""

from __future__ import annotations

from naming import article_of, entities_of, named

from kg.extract.tools import Tools
from kg.model import LocalEntity


def by_name(tools: Tools, *bodies: str) -> dict[str, LocalEntity]:
    articles = [article_of(body, number=number) for number, body in enumerate(bodies, 1)]
    return {entity.key.name: entity for entity in entities_of(tools, *articles)}


def test_a_firms_short_names_join_the_firm(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "江苏澄曜新材料科技有限公司昨天投产。江苏澄曜去年营收20亿元。")
    assert "江苏澄曜" in found["江苏澄曜新材料科技有限公司"].aliases
    assert "江苏澄曜" not in found


def test_a_city_is_not_meant_as_the_firm_that_bears_its_name(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "如皋文化旅游集团有限公司昨天成立。如皋今年获评省生态园林城市。")
    firm = next(e for name, e in found.items() if name.endswith("集团有限公司"))
    assert "如皋" not in firm.aliases
    assert "如皋" in found["如皋市"].aliases


def test_the_city_is_one_entity_under_all_its_forms(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "我市举行活动。如皋素有花木之乡的美誉，全市干部参加。")
    assert {"我市", "如皋", "全市"} <= set(found["如皋市"].aliases)


def test_a_weak_pointer_alone_makes_no_city(mention_tools: Tools) -> None:
    assert "如皋市" not in named(mention_tools, "全市上下都很高兴。")


def test_a_name_found_once_is_found_everywhere_on_the_page(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "副市长傅雅琴出席。", "“很好。”傅雅琴握着老人的手。")
    assert [m.article for m in found["傅雅琴"].mentions] == ["p-1", "p-2"]


def test_a_town_takes_in_its_short_form(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "白蒲镇召开大会。白蒲的企业参加。")
    assert "白蒲" not in found
    assert "白蒲" in found["白蒲镇"].aliases


def test_party_committee_and_its_forms(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "市委召开会议。如皋市委作出部署。")
    assert {"市委", "如皋市委", "中共如皋市委员会"} <= set(found["中共如皋市委"].aliases)
    assert len(found["中共如皋市委"].mentions) == 2


def test_quotation_marks_are_a_matter_of_form(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "我市推进“青禾通”平台建设。“青禾通”平台去年上线。")
    assert "青禾通平台" in found["“青禾通”平台"].aliases


def test_confidence_grows_with_agreeing_finders(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "市委书记何清出席。")
    mention = found["何清"].mentions[0]
    assert len(mention.finders) > 1
    assert mention.confidence > 0.8


def test_a_department_in_another_citys_name_stays_there(mention_tools: Tools) -> None:
    assert named(mention_tools, "海安市水利局局长高敏参加。").get("海安市水利局") == "Organization"


def test_a_firms_former_name_is_one_of_its_names(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "江苏禾光电源有限公司昨天投产。公司前身是如皋第三电源厂，2001年改制。")
    assert "如皋第三电源厂" not in found
    assert "如皋第三电源厂" in found["江苏禾光电源有限公司"].aliases


def test_a_programme_is_one_whatever_the_word_after_its_quotation(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "“青禾通”平台去年上线。“青禾通”应用很受欢迎，我市推出“青禾通”。")
    assert len([e for e in found.values() if e.key.kind == "Project"]) == 1


def test_a_brand_that_several_firms_bear_means_their_group(mention_tools: Tools) -> None:
    found = by_name(
        mention_tools,
        "澄曜集团旗下的澄曜精密（如皋）有限公司昨天投产。澄曜株式会社副社长北川宜久出席。澄曜去年营收20亿元。",
    )
    assert "澄曜" in found["澄曜集团"].aliases
    assert "澄曜" not in found


def test_a_brand_of_several_firms_without_a_group_stays_alone(mention_tools: Tools) -> None:
    found = by_name(
        mention_tools, "澄曜精密有限公司与澄曜光电有限公司昨天投产。澄曜公司的负责人说，澄曜很满意。"
    )
    assert not any("澄曜" in e.aliases for e in found.values())


def test_visitors_are_not_the_own_citys_delegation(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "昨天，四川省茂县党政代表团来我市考察。党政代表团先后参观了两家企业。")
    assert "如皋市党政代表团" not in found
    (delegation,) = (e for name, e in found.items() if name.endswith("代表团"))
    assert "党政代表团" in {delegation.key.name, *delegation.aliases}


def test_a_deputy_belongs_to_the_government_of_the_area_before_the_post(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "海门区区长何清、启东市常务副市长吴远应邀出席。")
    assert "启东市人民政府" in found


def test_a_head_of_government_is_of_the_area_that_the_sentence_names(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "我市与沐川县结对。沐川县委书记何清、县长吴远出席。")
    assert "沐川县人民政府" in found


def test_a_committees_body_goes_by_its_short_name(mention_tools: Tools) -> None:
    found = by_name(mention_tools, "市委社工委召开会议。社工委主任何清主持。")
    assert "社工委" not in found


def test_one_printed_form_is_of_one_kind_all_over_the_page(mention_tools: Tools) -> None:
    entities = entities_of(
        mention_tools,
        article_of("江苏卫澄石化如皋基地昨天投产。我市江苏卫澄石化如皋基地、江苏绿迹农业科技有限公司入围。"),
        article_of("记者走进江苏卫澄石化如皋基地。江苏卫澄石化如皋基地去年产值20亿元。", number=2),
    )
    kinds: dict[str, set[str]] = {}
    for entity in entities:
        for mention in entity.mentions:
            kinds.setdefault(mention.surface, set()).add(mention.kind)
    assert all(len(some) == 1 for some in kinds.values())
