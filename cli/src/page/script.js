// What the page does beyond being read: explanations beside the text, ways from tables to the text, filters; in `bantin serve` the reading itself.
"use strict";
(() => {
  const RULES = {
    "person.after_honorific": "đứng sau từ xưng hô", "person.after_cue": "đứng sau từ chỉ người", "person.after_title": "đứng sau chức danh",
    "person.byline": "ở dòng tác giả", "person.alone": "nhận ra nhờ họ và cách viết", "person.in_list": "trong một danh sách người",
    "person.repeated": "nhắc lại người đã nêu", "person.given_name": "gọi bằng tên", "title.before_name": "đứng trước tên",
    "title.after_name": "đứng sau tên", "title.plural_list": "chung cho nhiều người", "title.appointed": "được giao chức vụ",
    "title.in_brackets": "trong ngoặc sau tên", "title.shared_by_pair": "chung cho hai người", "title.signature": "ở phần ký tên",
    "organization.known": "tên có trong từ điển", "organization.head": "từ đầu của tên và phần theo sau", "organization.introduced": "chữ viết tắt do bài đặt",
    "date.verdict": "cân nhắc giữa ngày và tỷ số", "date.written": "viết đầy đủ", "date.interval": "từ ngày đến ngày", "date.relative": "tính từ ngày của bài",
    "date.months_of_year": "các tháng của năm", "date.days_of_month": "các ngày của tháng", "date.duration": "độ dài thời gian", "date.lunar_year": "năm âm lịch",
    "ratio.verdict": "cân nhắc giữa tỷ số và ngày", "percent.sign": "có dấu phần trăm", "quantity.known_unit": "đơn vị có trong từ điển",
    "quantity.noun_behind": "danh từ theo sau", "quantity.quoted_unit": "đơn vị trong ngoặc kép", "quantity.leading_zero": "số có 0 đứng đầu",
    "money.currency_before": "tiền tệ đứng trước", "money.currency_behind": "tiền tệ đứng sau", "money.scale_alone": "chỉ có bậc số (tỷ, triệu)",
    "document.typed": "loại văn bản và số", "document.symbol": "ký hiệu văn bản", "document.article": "điều, khoản của văn bản", "document.coordinated": "liệt kê cùng văn bản trước",
    "document.law": "tên luật", "document.treaty": "hiệp định", "document.named": "văn bản có tên", "place.level_word": "có từ chỉ cấp",
    "place.known": "địa danh có trong từ điển", "place.counted": "liệt kê sau số đếm", "place.in_list": "trong một danh sách", "place.street": "tên đường",
    "place.repeated": "nhắc lại địa danh đã nêu", "quote.lead": "lời dẫn đứng trước", "quote.tail": "lời dẫn đứng sau", "quote.continued": "nói tiếp", "quote.nested": "trích trong trích",
    "indicator.ratio": "kết quả trên kế hoạch", "indicator.share": "phần trong tổng số", "indicator.growth": "tăng, giảm so với trước", "indicator.rate": "tỷ lệ",
    "indicator.plan": "so với kế hoạch", "indicator.part": "một phần của tổng số", "reference.post": "chức vụ thay cho tên", "reference.document": "nhắc lại văn bản",
  };
    // What the library says in English. Words that are not here stand as they are.
  const PHRASES = {
    "a mention of it": "một chỗ nhắc đến", "the full name": "tên đầy đủ", "the name grows by a place": "tên nối thêm địa danh", "the place of its level that the text names most": "địa danh cùng cấp được nhắc nhiều nhất",
    "the person": "người", "the body it is held in": "nơi giữ chức vụ", "the title before": "chức danh đứng trước", "the head is a name by itself": "từ đầu tự nó là tên", "the only holder of the post": "người duy nhất giữ chức vụ này",
    "where the holder is named with it": "chỗ nêu tên người giữ", "the capitalized words behind the level word": "chữ viết hoa sau từ chỉ cấp", "a short name of it: no other fuller name fits it better": "tên gọi tắt, không tên nào khác hợp hơn",
    "between the two": "ở giữa", "the name grows by a level": "tên nối thêm cấp", "the name grows by words of a field": "tên nối thêm lĩnh vực", "the word that makes it approximate": "từ ước lượng", "the sign or the words of percent": "dấu hoặc chữ phần trăm",
    "the title at the day of publication, or the last one before the text": "chức danh vào ngày đăng", "the name grows by a proper name": "tên nối thêm tên riêng", "day, month and year in figures": "ngày, tháng, năm bằng số", "numbers and words of time": "số và từ chỉ thời gian",
    "a line or remark that names authors or photographers": "dòng nêu tác giả, người chụp", "behind the quotation somebody, and a verb of saying or a word of address": "sau lời trích có người và động từ nói", "the author's name or names": "tên tác giả",
    "speaker: the first person behind the quotation": "người nói: người đầu tiên sau lời trích", "the name or number behind the level word": "tên hoặc số sau từ chỉ cấp", "what is measured": "điều được đo", "the word for day before it": "từ “ngày” đứng trước", "a colon before": "dấu hai chấm đứng trước",
    "the percentage": "phần trăm", "the longer name that begins with it": "tên dài hơn bắt đầu như vậy", "the day of issue": "ngày ban hành", "the figure": "con số", "the issuer": "nơi ban hành", "speaker: the last person before the quotation in its sentence": "người nói: người cuối trước lời trích, cùng câu",
    "speaker: the last person before the quotation": "người nói: người cuối trước lời trích", "resolved with the first full date of the text that is its own": "năm lấy từ ngày đầy đủ đầu tiên của bài", "the name grows by another body": "tên nối thêm tổ chức khác", "an earlier mention of the same document": "chỗ nêu văn bản này trước đó",
    "the basis": "mốc so sánh", "a plural or a count": "từ chỉ số nhiều hoặc số đếm", "the name in full": "tên viết đủ", "a short clause behind a dash tells who speaks": "vế ngắn sau gạch ngang nêu người nói", "words of an office before": "từ chỉ chức trách đứng trước", "the same name elsewhere": "cùng tên ở chỗ khác",
    "the number": "số", "speaker: who holds the post that is named behind the quotation": "người nói: người giữ chức vụ nêu sau lời trích", "a number, an announcement or a street before": "trước đó có số, lời dẫn hoặc tên đường", "the only province or city that the first lines name": "tỉnh, thành duy nhất ở những dòng đầu",
    "what the complete name goes on with": "phần tiếp theo của tên", "the name in full, with this acronym in brackets behind it": "tên viết đủ, chữ tắt trong ngoặc", "the words before": "các từ đứng trước", "the last document of this type before": "văn bản cùng loại gần nhất trước đó", "what the bulletin says it comes from": "nguồn mà bản tin nêu",
    "the same name with its level word": "cùng tên có từ chỉ cấp", "the name grows by a number": "tên nối thêm số", "a verb of saying before": "động từ nói đứng trước", "its title or subject": "tên hoặc chủ đề", "the name grows by a legal form": "tên nối thêm loại hình", "the percentage stated for it": "phần trăm nêu cho nó",
    "points that a personal name must exceed here": "điểm cần vượt để là tên người", "points for a personal name from here": "điểm cho tên người tính từ đây", "how many words it has": "số chữ của tên", "syllables that given names have": "âm tiết thường dùng làm tên", "a family name": "là họ", "a middle name": "tên đệm",
    "a family name that is a word, too": "là họ, cũng là từ thường", "too few or too many words": "quá ít hoặc quá nhiều chữ", "a known unit behind": "có đơn vị quen thuộc phía sau", "no unit behind": "không có đơn vị phía sau", "a name before, no unit behind": "có tên đứng trước, không có đơn vị phía sau",
    "a word of time before": "từ chỉ thời gian đứng trước", "a percentage is stated behind": "có nêu phần trăm phía sau", "no day of the calendar": "không phải ngày có trong lịch", "a verb of results before": "động từ chỉ kết quả đứng trước", "of its level, but the text does not name it half as often": "cùng cấp, nhưng ít được nhắc hơn nhiều",
    "it stands at the name of the next person": "thuộc về tên người kế tiếp", "in a byline a person comes first": "ở dòng tác giả thì ưu tiên người", "its first word heads a place": "từ đầu là từ chỉ địa danh", "behind a word of address a person comes first": "sau từ xưng hô thì ưu tiên người", "behind a level word the gazetteer has the name": "có trong danh mục địa danh",
  };
  const KIND_WORDS = { person: "người", title: "chức vụ", body: "tổ chức", organization: "tổ chức", date: "thời gian", ratio: "tỷ số", percent: "phần trăm", quantity: "số lượng", money: "số tiền", document: "văn bản", place: "địa danh", quote: "trích dẫn", name: "tên người" };
  const WORDS = [
    [/^lexicon [\w-]+: /, () => "từ điển: "], [/^points for (\w+): (.*)$/, (_, kind, why) => `điểm cho ${KIND_WORDS[kind] ?? kind}: ${PHRASES[why] ?? why}`],
    [/^inside the (\w+), which is the longer name$/, (_, kind) => `nằm trong ${KIND_WORDS[kind] ?? kind} có tên dài hơn`], [/^it begins inside the (\w+), which begins before it$/, (_, kind) => `bắt đầu bên trong ${KIND_WORDS[kind] ?? kind} đứng trước`],
    [/^the points: (\w+) (-?\d+), (\w+) (-?\d+)$/, (_, one, n, other, m) => `điểm: ${KIND_WORDS[one] ?? one} ${n}, ${KIND_WORDS[other] ?? other} ${m}`], [/^(?:an? )?(\w+) comes before (?:an? )?(\w+) in the policy$/, (_, one, other) => `${KIND_WORDS[one] ?? one} được ưu tiên hơn ${KIND_WORDS[other] ?? other}`],
    [/^the person begins at (.*): (-?\d+) points, more than (-?\d+)$/, "tên người bắt đầu từ “$1”: $2 điểm, hơn $3"], [/^a person needs more than (-?\d+) points here, this has (-?\d+)$/, "tên người cần hơn $1 điểm, ở đây có $2"],
    [/^the symbol: /, "ký hiệu: "],
  ];
  const $ = (id) => document.getElementById(id);
  const say = (words) => PHRASES[words] ?? WORDS.reduce((text, [from, to]) => text.replace(from, to), words);
  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });
  document.documentElement.classList.add("js");

  // Explanations. A bulletin's data are read when they are first needed.
  const data = new WeakMap();
  const rows = (article) => {
    if (!data.has(article)) data.set(article, JSON.parse(article.querySelector("script.data").textContent));
    return data.get(article);
  };
  const idOf = (mark) => mark.id || mark.dataset.of;
  const pieces = (id) => document.querySelectorAll(`#${id}, mark[data-of="${id}"]`);
  const hiddenKind = (mark) => $(`k-${mark.classList[0]}`)?.checked === false;
  let shown = null, pinned = false;

  function list(panel, heading, items) {
    if (!items.length) return;
    const ul = document.createElement("ul");
    for (const [words, quoted, more] of items) {
      const li = make("li", "", words + (quoted ? " " : ""));
      if (quoted) li.append(make("q", "", quoted.length > 120 ? quoted.slice(0, 120) + "…" : quoted));
      if (more) li.append(more);
      ul.append(li);
    }
    panel.append(make("p", "sub", heading), ul);
  }

  function show(mark) {
    const article = mark.closest(".bulletin"), id = idOf(mark);
    if (shown === id) return;
    clear();
    shown = id;
    const [kind, fields, rule, evidence, rejected, bad] = rows(article)[id.slice(id.indexOf("-") + 1)];
    const panel = article.querySelector(".why");
    panel.id = "why";
    panel.className = `why open ${kind}`;
    panel.replaceChildren();
    const close = make("button", "", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Đóng giải thích");
    close.onclick = () => { clear(); mark.focus({ preventScroll: true }); clear(); };
    const words = [...pieces(id)].map((piece) => piece.textContent).join("").trim();
    panel.append(close, make("p", "kind", document.querySelector(`.legend .${kind} .word`)?.textContent ?? kind));
    panel.append(make("p", "said", words.length > 160 ? words.slice(0, 160) + "…" : words));
    if (bad) panel.append(make("p", "wrong", "Không khớp: " + bad));
    const dl = document.createElement("dl");
    for (const [label, value] of fields) dl.append(make("dt", "", label), make("dd", "", value));
    panel.append(dl);
    if (rule) list(panel, "Vì sao", [[(RULES[rule] ?? rule)], ...evidence.map(([what, text, points]) => [say(what), text, points == null ? "" : ` (${points > 0 ? "+" : ""}${points})`])]);
    list(panel, "Cách hiểu bị loại", rejected.map(([reading, text, why]) => [(KIND_WORDS[reading] ?? reading) + ":", text, " – " + say(why)]));
    const outer = mark.parentElement.closest("mark");
    if (outer) {
      const around = rows(article)[idOf(outer).slice(idOf(outer).indexOf("-") + 1)];
      list(panel, "Nằm trong", [[(document.querySelector(`.legend .${around[0]} .word`)?.textContent ?? around[0]) + (around[5] ? ` (không khớp: ${around[5]})` : ""), outer.textContent]]);
    }
    for (const piece of pieces(id)) piece.classList.add("on");
    mark.setAttribute("aria-describedby", "why");
    // On a telephone the explanation must not cover what it explains.
    const covered = mark.getBoundingClientRect().bottom + 12 - panel.getBoundingClientRect().top;
    if (getComputedStyle(panel).position === "fixed" && covered > 0) scrollBy(0, covered);
  }

  function clear() {
    if (!shown) return;
    for (const piece of pieces(shown)) { piece.classList.remove("on"); piece.removeAttribute("aria-describedby"); }
    const panel = $("why");
    if (panel) { panel.classList.remove("open"); panel.removeAttribute("id"); }
    shown = null;
    pinned = false;
  }

  // Marks can be reached by Tab once they are seen: those of closed bulletins cost nothing.
  function reachable(article) {
    for (const mark of article.querySelectorAll("mark")) mark.tabIndex = mark.dataset.of || hiddenKind(mark) ? -1 : 0;
  }
  const markAt = (node) => {
    let mark = node.closest?.("mark");
    while (mark && hiddenKind(mark)) mark = mark.parentElement.closest("mark");
    return mark;
  };
  addEventListener("mouseover", (event) => { const mark = markAt(event.target); if (mark && !pinned && matchMedia("(hover: hover) and (min-width: 60rem)").matches) show(mark); });
  // A mark that is clicked gets the focus before the click: the explanation must not move it away in between.
  addEventListener("focusin", (event) => { const mark = markAt(event.target); if (mark && event.target.matches("mark:focus-visible")) { pinned = false; show(mark); } });
  addEventListener("click", (event) => {
    const mark = markAt(event.target);
    if (mark) { show(mark); pinned = true; return; }
    if (event.target.closest(".why")) return;
    if (shown && !event.target.closest("a, tr")) clear();
    const row = event.target.closest("tbody tr");
    const link = event.target.closest("a") ?? (getSelection().isCollapsed && !event.target.closest("input, button") ? row?.querySelector("a") : null);
    if (link?.hash) { event.preventDefault(); go(link.hash.slice(1)); }
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  addEventListener("change", (event) => { if (event.target.closest(".legend")) { clear(); document.querySelectorAll("article.bulletin").forEach(openOnly); } });
  const openOnly = (article) => { if (!article.closest("details:not([open])")) reachable(article); };
  addEventListener("toggle", (event) => { if (event.target.open) event.target.querySelectorAll("article.bulletin").forEach(reachable); }, true);

  function go(id) {
    const target = $(id);
    if (!target) return;
    const details = target.closest("details");
    if (details && !details.open) { details.open = true; details.querySelectorAll("article.bulletin").forEach(reachable); }
    if (target.matches("mark")) {
      history.replaceState(null, "", `#${id}`);
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
      show(target);
      pinned = true;
    } else {
      location.hash = id; // The browser scrolls, and Tab goes on from there.
      target.querySelector("summary")?.focus({ preventScroll: true });
    }
  }

  // Filters: all words, with or without their marks.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  for (const input of document.querySelectorAll("[data-filter]")) {
    input.closest(".filter").hidden = false;
    const lines = [...document.querySelectorAll(`.box.${input.dataset.filter} tbody tr`)];
    const texts = [];
    const output = input.closest(".filter").querySelector("output");
    input.addEventListener("input", () => {
      if (!texts.length) texts.push(...lines.map((line) => plain(line.textContent)));
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      lines.forEach((line, n) => { const fits = words.every((word) => texts[n].includes(word)); line.hidden = !fits; count += fits; });
      output.textContent = words.length ? `${count}/${lines.length} dòng` : "";
    });
  }
  addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((details) => { details.open = true; details.dataset.printed = ""; }));
  addEventListener("afterprint", () => document.querySelectorAll("[data-printed]").forEach((details) => { details.open = false; delete details.dataset.printed; }));
  document.querySelectorAll("article.bulletin").forEach(openOnly);
  if (location.hash) go(location.hash.slice(1));

  // The live page.
  const live = $("live");
  if (!live) return;
  const form = live.querySelector("form"), input = $("input"), state = $("state"), result = $("result"), save = $("save"), button = form.querySelector(".main");
  const largest = Number(live.dataset.largest);
  const tell = (words, error) => { state.textContent = words; state.className = error ? "error" : ""; };
  const ask = (path, text) => fetch(path, { method: "POST", headers: { "Content-Type": "text/plain; charset=utf-8" }, body: text });
  async function read() {
    const text = input.value;
    if (!text.trim()) return tell("Chưa có văn bản.", true);
    if (new Blob([text]).size > largest) return tell(`Văn bản quá dài: trang này hiện tối đa ${largest / 1e6} MB. Hãy chia nhỏ, hoặc dùng bantin extract.`, true);
    button.disabled = true;
    tell("Đang đọc…");
    try {
      const answer = await ask("/page?fragment", text);
      const body = await answer.text();
      if (!answer.ok) { const { error, advice } = JSON.parse(body); return tell(`${error} ${advice}`, true); }
      clear();
      result.innerHTML = body;
      result.querySelectorAll("article.bulletin").forEach(reachable);
      save.hidden = false;
      save.href = "#";
      const wrong = result.querySelectorAll(".alarm li").length, marks = result.querySelectorAll("mark[id]").length;
      tell(`${marks} chỗ được đánh dấu${wrong ? `, ${wrong} chỗ không khớp` : ""}.`);
      result.scrollIntoView({ block: "start" });
    } catch (error) {
      tell("Không nhận được trả lời: bantin serve còn chạy không?", true);
    } finally {
      button.disabled = false;
    }
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); read(); });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read(); });
  $("try").addEventListener("click", () => { input.value = $("sample").textContent; read(); });
  save.addEventListener("click", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const answer = await ask("/page", input.value);
    if (!answer.ok) return tell("Không tạo được báo cáo.", true);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = "bantin.html";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  // Files are read here, in the browser. Of a page only its words are taken; nothing in it is run or fetched.
  function words(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll("script, style, noscript, nav, template").forEach((node) => node.remove());
    page.querySelectorAll("p, div, br, li, tr, h1, h2, h3, h4, section, article").forEach((node) => node.append("\n"));
    page.querySelectorAll("br").forEach((node) => node.replaceWith("\n"));
    return page.body.textContent.replace(/[ \t]+/g, " ").replace(/ ?\n[ \n]*/g, "\n").trim();
  }
  function take(file) {
    if (!file) return;
    const reader = new FileReader();
    reader.onerror = () => tell(`Không đọc được tệp ${file.name}.`, true);
    reader.onload = () => {
      if (reader.result.includes("\0")) return tell(`${file.name} không phải văn bản; bantin report đọc được .docx và PDF.`, true);
      input.value = /\.html?$/i.test(file.name) ? words(reader.result) : reader.result;
      read();
    };
    reader.readAsText(file);
  }
  $("file").addEventListener("change", (event) => { take(event.target.files[0]); event.target.value = ""; });
  for (const name of ["dragover", "dragleave", "drop"]) addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files[0]);
  });
})();
