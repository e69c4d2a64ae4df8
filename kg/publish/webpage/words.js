// What the page itself says, in Chinese and in English; newspapers' words stay as they are.

const WORDS = {
  counts: ['{0} 个实体 · {1} 条事实 · {2} 篇报道 · {3} 个版面', '{0} entities · {1} facts · {2} articles · {3} pages'],
  held: ['（本页载有 {0} 条）', ' ({0} facts on this page)'],
  search: ['搜索名称、拼音或简称……', 'Search by name, pinyin or short form…'],
  searchLabel: ['搜索名称、别名、拼音（全拼或首字母）或简称', 'Search names, other names, pinyin (full or initials) or short forms'],
  hits: ['搜索结果', 'Results'],
  alias: ['又作 {0}', 'also {0}'],
  aliases: ['又作：', 'Also: '],
  notShown: ['未显示', 'not shown'],
  moreHits: ['还有 {0} 个，请多输几个字', '{0} more; type a little more'],
  noHit: ['没有找到这个名称', 'Nothing has this name'],
  legend: ['图例', 'Legend'],
  toggleType: ['点击隐藏或显示', 'Click to hide or show'],
  allOfType: ['调出其余 {0} 个{1}', 'Show the other {0} of type {1}'],
  fact: ['事实', 'fact'], planned: ['计划', 'planned'], former: ['曾经', 'former'], asserted: ['已陈述', 'stated'],
  inPicture: ['图中 {0} 个实体', '{0} entities shown'],
  further: ['另有 {0} 个可搜索调出', '{0} more by search'],
  missing: ['{0} 个不在本页，请用 kg show 或 kg serve 查看', '{0} are not on this page: use kg show or kg serve'],
  showAll: ['全部显示', 'show all'],
  showMore: ['再显示一批', 'show more'],
  network: ['关系网络图。方向键在实体间移动，回车查看其事实，斜杠键搜索。', 'Network. Arrow keys move between entities, Enter shows facts, slash searches.'],
  view: ['视图', 'View'], zoomIn: ['放大', 'Zoom in'], zoomOut: ['缩小', 'Zoom out'], fit: ['显示全图', 'Fit all'],
  groups: ['显示或隐藏群组底色', 'Show or hide groups'],
  details: ['详情', 'Details'], back: ['后退', 'Back'], forward: ['前进', 'Forward'], close: ['关闭', 'Close'],
  reset: ['重新开始', 'Start over'], tools: ['工具', 'Tools'],
  filter: ['筛选', 'Filter'], list: ['列表', 'List'], path: ['路径', 'Path'], export: ['导出', 'Export'], help: ['帮助', 'Help'],
  language: ['English', '中文'],
  facts: ['{0} 条事实', '{0} facts'], articlesOf: ['{0} 篇报道', '{0} articles'],
  expand: ['展开未显示的 {0} 个相邻实体', 'Show its {0} neighbours that are hidden'],
  expandType: ['{0} {1}', '{0} {1}'],
  expandOnly: ['只展开：', 'Only: '],
  focus: ['只看周围', 'Focus'], hops: ['{0} 步', '{0} hops'], hop: ['1 步', '1 hop'],
  unfocus: ['退出', 'Leave'],
  focused: ['只看“{0}”周围 {1} 步', 'Within {1} hops of “{0}”'],
  pathFrom: ['查找路径', 'Find a path'],
  noFacts: ['报道提到了它，没有关于它的事实。', 'Articles mention it; no fact is known.'],
  filtered: ['{0} 条事实被筛选隐藏', '{0} facts are hidden by filters'],
  moreFacts: ['再显示 {0} 条', 'Show {0} more'],
  inward: ['以此为对象：{0}', '{0} (towards this)'],
  relation: ['关系', 'Relation'],
  certainty: ['可信度 {0}', 'Confidence {0}'],
  moreEvidence: ['另有 {0} 处依据', '{0} more places'],
  leftEvidence: ['另有 {0} 处依据未列出。', '{0} more places are not listed.'],
  wholeParagraph: ['看整段', 'Paragraph'], sentenceOnly: ['只看本句', 'Sentence only'],
  asPrinted: ['看原版', 'As printed'], hidePrint: ['收起原版', 'Hide print'],
  printed: ['版面原文', 'The page as printed'],
  posts: ['任职经历', 'Posts over time'], holders: ['历任人员', 'Holders over time'],
  reported: ['见报 {0}', 'reported {0}'], undated: ['日期不详', 'no date'],
  articles: ['相关报道', 'Articles'], untitled: ['（无标题）', '(no headline)'],
  onlyArticle: ['只看此篇', 'Only this article'], moreArticles: ['另有 {0} 篇未列出。', '{0} more are not listed.'],
  predicates: ['关系类型', 'Predicates'], types: ['实体类型', 'Types'], statuses: ['状态', 'Status'],
  sure: ['可信度不低于', 'Confidence at least'], article: ['报道', 'Article'], anyArticle: ['全部报道', 'All articles'],
  articleHint: ['标题、日期或记者', 'Headline, date or reporter'],
  dates: ['见报日期', 'Reported'], from: ['自', 'From'], to: ['至', 'To'], clear: ['清除', 'Clear'],
  timeline: ['时间轴：每个时段见报的事实数，拖动选择时段', 'Timeline: facts per period; drag to choose'],
  noDates: ['事实没有可用的日期。', 'No fact has a usable date.'],
  all: ['全选', 'All'], none: ['全不选', 'None'], clearFilters: ['清除全部筛选', 'Clear all filters'],
  bin: ['{0}：{1} 条事实', '{0}: {1} facts'],
  chips: ['正在筛选：{0}', 'Filtered: {0}'],
  start: ['起点', 'From'], end: ['终点', 'To'], findPath: ['查找', 'Find'], swap: ['对调', 'Swap'],
  noPath: ['两者之间没有路径（在当前筛选下）。', 'There is no path between the two (under the filters).'],
  choosePath: ['请选择起点和终点。', 'Choose both ends.'],
  steps: ['{0} 步', '{0} steps'], pathOf: ['从“{0}”到“{1}”', 'From “{0}” to “{1}”'],
  shownList: ['图中的实体', 'Entities shown'], moreRows: ['再列 {0} 个', 'List {0} more'],
  exportHint: ['导出当前图中显示的内容。', 'Exports what is shown.'],
  png: ['图片 PNG', 'PNG picture'], svg: ['矢量图 SVG', 'SVG drawing'], json: ['数据 JSON', 'JSON data'], csv: ['表格 CSV', 'CSV table'],
  turtle: ['RDF Turtle（含陈述）', 'RDF Turtle (with statements)'], link: ['复制当前视图的链接', 'Copy a link to this view'],
  saved: ['已导出 {0}', 'Exported {0}'], copied: ['链接已复制', 'Link copied'], notCopied: ['请从地址栏复制链接', 'Copy the link from the address bar'],
  keys: ['键盘', 'Keyboard'],
  keySearch: ['搜索', 'Search'], keyMove: ['移到那个方向的实体', 'Go to the entity in that direction'],
  keyOpen: ['查看事实', 'Show facts'], keyExpand: ['展开相邻实体', 'Show its neighbours'], keyFocus: ['只看周围 1、2、3 步', 'Focus with 1, 2, 3 hops'],
  keyZoom: ['放大、缩小、显示全图', 'Zoom in, zoom out, fit'], keyEsc: ['关闭、退出', 'Close, leave'], keyBack: ['后退、前进', 'Back, forward'],
  keyPanels: ['筛选、列表、路径、导出', 'Filter, list, path, export'],
  links: ['{0}，{1}，{2} 条关系', '{0}, {1}, {2} relations'],
  means: ['即 {0}', 'i.e. {0}'],
  tooMany: ['只显示最重要的 {0} 个。', 'Only the {0} most important are shown.'],
  fetchFacts: ['再取其余 {0} 条事实中的一批', 'Fetch more of the other {0} facts'],
  pathGivenUp: ['在最近的十万个实体中没有找到路径。', 'No path was found among the nearest hundred thousand entities.'],
  sentencesLeft: ['事实太多，部分没有附上依据。', 'Too many facts: some are without their sentences.'],
  indexing: ['报道的索引还在建立，请稍后再找。', 'The index of articles is still being made; look again in a while.'],
  failed: ['没有取到数据：{0}', 'Data could not be fetched: {0}'],
};

let lang = 'zh';

function say(key, ...values) {
  const text = WORDS[key][lang === 'en' ? 1 : 0];
  return text.replace(/\{(\d)\}/g, (_, at) => values[at]);
}

// A class, predicate or qualifier in the language of the page.
const called = (thing) => (lang === 'en' ? thing.en : thing.label);

// Put the words into the elements of the template, which name them in their attributes.
function translate() {
  document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
  const attributes = {word: 'textContent', hint: 'title', spoken: 'ariaLabel', wanted: 'placeholder'};
  for (const [name, property] of Object.entries(attributes)) {
    for (const node of document.querySelectorAll(`[data-${name}]`)) node[property] = say(node.dataset[name]);
  }
}
