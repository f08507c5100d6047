"use strict";
// Shows and hides what is on the page, sorts its tables and copies its charts. It computes no figure.
(() => {
  const form = document.getElementById("filters");
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  if (form) filters(form);
  all("table.sortable").forEach(sortable);
  all("svg[data-chart], svg.trend").forEach(copyable);
  // What is led to stands open.
  const open = () => {
    if (location.hash.startsWith("#show:")) return;
    let place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = place;
    for (; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  function filters(form) {
    const status = form.querySelector("[role=status]");
    const topics = all("article.card");
    const voices = all("main blockquote");
    const inputs = all("select, input", form);
    form.hidden = false;
    read();
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    addEventListener("hashchange", () => { if (location.hash.startsWith("#show:")) { read(); } });

    // The address keeps what is chosen.
    function read() {
      const wanted = new URLSearchParams(location.hash.startsWith("#show:") ? location.hash.slice(6) : "");
      if (![...wanted].length) return;
      for (const input of inputs) input.value = wanted.get(input.name) || "";
      for (const input of inputs) if (input.value === undefined || input.selectedIndex === -1) input.value = "";
      apply();
    }

    // Opens what hides something wanted, and closes it again.
    function unfold(fold, wanted) {
      if (wanted && !fold.open) {
        fold.open = true;
        fold.dataset.unfolded = "";
      } else if (!wanted && "unfolded" in fold.dataset) {
        fold.open = false;
        delete fold.dataset.unfolded;
      }
    }

    function apply() {
      const chosen = {};
      for (const input of inputs) if (input.value.trim()) chosen[input.name] = input.value.trim();
      const any = Object.keys(chosen).length > 0;
      const words = (chosen.search || "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const narrow = words.length > 0 || Boolean(chosen.since);
      for (const voice of voices) {
        const text = voice.textContent.toLocaleLowerCase();
        voice.hidden = !(words.every(word => text.includes(word))
          && (!chosen.since || (voice.dataset.month || "") >= chosen.since));
      }
      for (const item of all("[data-topic]")) {
        const own = item.dataset;
        item.hidden = Boolean(
          (chosen.phase && own.phase !== chosen.phase)
          || (chosen.touchpoint && own.touchpoint !== chosen.touchpoint)
          || (chosen.topic && own.topic !== chosen.topic)
          || (chosen.group && !own.groups.split(" ").includes(chosen.group))
          || (narrow && !item.querySelector("blockquote:not([hidden])")));
        for (const fold of all("details.more", item)) unfold(fold, narrow);
      }
      for (const chapter of all("[data-chapter]")) {
        const own = chapter.dataset;
        const elsewhere = (chosen.phase && own.phase !== chosen.phase)
          || (chosen.touchpoint && own.chapter !== chosen.touchpoint);
        const empty = (narrow || chosen.group || chosen.topic) && !chapter.querySelector("[data-topic]:not([hidden])");
        chapter.hidden = Boolean(elsewhere || empty);
        const glad = chapter.querySelector(".glad");
        if (glad) glad.hidden = !chapter.querySelector("article.delight:not([hidden])");
      }
      for (const fold of all("details.quiet")) unfold(fold, any);
      const seen = list => list.filter(item => !item.closest("[hidden]")).length;
      const told = { topics: seen(topics), all: topics.length, voices: seen(voices), voices_all: voices.length };
      const shown = form.dataset.shown.replace(/\{(\w+)\}/g, (_, name) => told[name]);
      status.textContent = any ? shown + " " + form.dataset.note : "";
      const address = any ? "#show:" + new URLSearchParams(chosen) : "#touchpoints";
      if (any || location.hash.startsWith("#show:")) {
        try { history.replaceState(null, "", address); } catch { /* The address stays as it was. */ }
      }
    }
  }

  function sortable(table) {
    const heads = all("thead th", table);
    const body = table.tBodies[0];
    heads.forEach((head, at) => {
      if (head.classList.contains("wide")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      if (form) button.title = form.dataset.sort;
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const value = row => {
          const own = row.cells[at].dataset.value;
          return own === undefined ? row.cells[at].textContent.trim() : own === "" ? NaN : Number(own);
        };
        const rows = [...body.rows].map(row => [value(row), row]);
        rows.sort(([a], [b]) => {
          // What has no value stays at the end.
          if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
          const order = typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang);
          return up ? order : -order;
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  function copyable(svg) {
    const data = form ? form.dataset : { copy: "", copied: "" };
    const tools = document.createElement("p");
    tools.className = "tools";
    tools.append(data.copy);
    for (const [name, make] of [["SVG", copySvg], ["PNG", copyPng]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", async () => {
        await make();
        button.textContent = name + " ✓";
        setTimeout(() => { button.textContent = name; }, 2000);
      });
      tools.append(button);
    }
    (svg.closest("figure") || svg).after(tools);

    // A copy that needs no style sheet.
    function drawn() {
      const { width, height } = svg.getBoundingClientRect();
      const copy = svg.cloneNode(true);
      copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
      copy.setAttribute("width", width);
      copy.setAttribute("height", height);
      const looks = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor", "overflow"];
      const own = all("*", svg);
      all("*", copy).forEach((part, at) => {
        const style = getComputedStyle(own[at]);
        for (const name of looks) if (part.tagName !== "title") part.setAttribute(name, style.getPropertyValue(name));
      });
      const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      paper.setAttribute("width", "100%");
      paper.setAttribute("height", "100%");
      paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
      copy.prepend(paper);
      return { text: new XMLSerializer().serializeToString(copy), width, height };
    }

    async function copySvg() {
      const { text } = drawn();
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        save(new Blob([text], { type: "image/svg+xml" }), "svg");
      }
    }

    async function copyPng() {
      const { text, width, height } = drawn();
      const image = new Image();
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = 2 * width;
      canvas.height = 2 * height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(done => canvas.toBlob(done, "image/png"));
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      } catch {
        save(blob, "png");
      }
    }

    // Where the browser lets no page copy, the chart is saved.
    function save(blob, kind) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "painpoint." + kind;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
  }
})();
