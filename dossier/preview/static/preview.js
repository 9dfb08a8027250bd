// Shows the pages and the messages, and keeps them up to date. Pages near the window are drawn; the others wait until they are.
import { getDocument, GlobalWorkerOptions, PDFWorker } from '/static/pdfjs/pdf.min.mjs';

GlobalWorkerOptions.workerSrc = '/static/pdfjs/pdf.worker.min.mjs';
const worker = new PDFWorker();
const words = document.body.dataset;
const byId = (id) => document.getElementById(id);
const main = byId('pages');
const near = new Set();
let socket;

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    isIntersecting ? near.add(target) : near.delete(target);
    if (isIntersecting) draw(target);
  }
  tellSeen();
}, { root: main, rootMargin: '50% 0px' });

function connect() {
  socket = new WebSocket(`ws://${location.host}/push`);
  socket.onopen = tellSeen;
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = () => {
    byId('status').textContent = words.gone;
    setTimeout(connect, 1000);
  };
}

function visible() {
  const { top, bottom } = main.getBoundingClientRect();
  return [...near].filter((page) => {
    const box = page.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  });
}

let told = '';
function tellSeen() {
  const seen = JSON.stringify(visible().map((page) => [page.dataset.part, Number(page.dataset.index)]));
  if (socket?.readyState === WebSocket.OPEN && seen !== told) socket.send(told = seen);
}

function show(state) {
  const anchor = visible()[0];
  const before = anchor?.getBoundingClientRect().top;
  showPages(state.parts);
  if (anchor?.isConnected) main.scrollTop += anchor.getBoundingClientRect().top - before;
  showFindings(byId('findings'), state.findings);
  showFindings(byId('errors').querySelector('ol'), state.errors);
  byId('errors').hidden = !state.errors.length;
  byId('nothing').hidden = state.findings.length + state.errors.length > 0;
  byId('status').textContent = state.errors.length ? '' : state.to_do ? `${words.working} ${state.to_do}` : state.ready ? words.ready : words.reading;
  showProgress(state.progress);
  showLatest(state);
}

function showPages(parts) {
  const wanted = new Map();
  for (const { name, title, pages } of parts)
    pages.forEach((page, index) => wanted.set(`${name}/${index}`, { name, index, title, ...page }));
  const there = new Map([...main.querySelectorAll('.page')].map((page) => [page.dataset.key, page]));
  for (const [key, page] of there) if (!wanted.has(key)) { observer.unobserve(page); near.delete(page); page.remove(); }
  let last = main.querySelector('.help');
  for (const [key, page] of wanted) {
    const element = there.get(key) ?? newPage(key, page);
    if (last.nextElementSibling !== element) last.after(element);
    last = element;
    if (page.size) element.style.aspectRatio = `${page.size[0]} / ${page.size[1]}`;
    element.setAttribute('aria-label', `${page.title}, ${words.page} ${page.number || '–'}`);
    element.dataset.width = page.size?.[0] ?? '';
    if (page.id && element.dataset.id !== page.id) {
      element.dataset.id = page.id;
      if (near.has(element)) draw(element);
    }
    if (!element.dataset.observed) { element.dataset.observed = 'yes'; observer.observe(element); }
  }
}

function newPage(key, { name, index }) {
  const element = document.createElement('div');
  Object.assign(element.dataset, { key, part: name, index });
  element.className = 'page';
  element.tabIndex = 0;
  element.setAttribute('role', 'button');
  element.style.aspectRatio = '210 / 297';
  element.addEventListener('click', (event) => {
    const box = element.getBoundingClientRect();
    const scale = Number(element.dataset.width) / box.width;
    askSource(element, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
  });
  element.addEventListener('keydown', (event) => { if (event.key === 'Enter') askSource(element, 0, 0); });
  return element;
}

async function draw(element) {
  const { id, part, index } = element.dataset;
  if (!id || element.dataset.drawing === id || element.dataset.shown === id) return;
  element.dataset.drawing = id;
  try {
    const response = await fetch(`/pages/${encodeURIComponent(part)}/${index}`);
    if (!response.ok) return;
    const loading = getDocument({ data: await response.arrayBuffer(), worker, isEvalSupported: false, enableXfa: false });
    const page = await (await loading.promise).getPage(1);
    const scale = (element.clientWidth / page.getViewport({ scale: 1 }).width) * Math.min(window.devicePixelRatio, 2);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: Math.round(viewport.width), height: Math.round(viewport.height) });
    await page.render({ canvas, viewport }).promise;
    if (element.dataset.id === id) {
      element.replaceChildren(canvas);
      element.dataset.shown = id;
    }
    loading.destroy();
  } finally {
    if (element.dataset.drawing === id) delete element.dataset.drawing;
  }
}

function showFindings(list, findings) {
  const text = JSON.stringify(findings);
  if (list.dataset.text === text) return;
  list.dataset.text = text;
  list.replaceChildren(...findings.map((found) => {
    const item = document.createElement('li'), button = document.createElement('button'), where = document.createElement('span');
    item.className = found.ernst;
    button.type = 'button';
    where.className = 'where';
    where.textContent = `${words[found.ernst]} · ${place(found.bestand, found.regel)}`;
    button.append(where, `${found.melding} ${found.hint}`.trim());
    if (found.excerpt) button.append(Object.assign(document.createElement('code'), { textContent: found.excerpt }));
    button.addEventListener('click', () => open(found.bestand, found.regel));
    item.append(button);
    return item;
  }));
}

function showProgress(rows) {
  byId('progress').hidden = !rows.length;
  byId('marked').textContent = rows.reduce((sum, { marked }) => sum + marked, 0);
  byId('progress').querySelector('tbody').replaceChildren(...rows.map(({ title, marked, score }) => {
    const row = document.createElement('tr');
    row.append(...[title, marked, score ?? ''].map((text) => Object.assign(document.createElement('td'), { textContent: text })));
    return row;
  }));
}

function showLatest({ latest, parts }) {
  const part = parts.find(({ name }) => name === latest), link = byId('latest').querySelector('a');
  byId('latest').hidden = !part;
  if (!part) return;
  link.textContent = part.title;
  link.onclick = (event) => {
    event.preventDefault();
    main.querySelector(`.page[data-key="${CSS.escape(latest)}/0"]`)?.scrollIntoView();
  };
}

const place = (file, line) => [file, line].filter(Boolean).join(':');

async function post(address, value) {
  const response = await fetch(address, { method: 'POST', body: JSON.stringify(value) });
  return response.ok ? response.json() : {};
}

async function askSource(element, x, y) {
  const { file, line } = await post('/where', { name: element.dataset.part, index: Number(element.dataset.index), x, y });
  if (file) open(file, line);
}

async function open(file, line) {
  byId('place').textContent = place(file, line);
  const { said } = await post('/open', { file, line });
  if (said) byId('place').textContent = `${place(file, line)} – ${said}`;
}

function zoom(factor) {
  const now = Number(document.documentElement.style.getPropertyValue('--zoom') || 1);
  document.documentElement.style.setProperty('--zoom', Math.min(3, Math.max(0.4, now * factor)));
  for (const page of main.querySelectorAll('.page')) delete page.dataset.shown;
  near.forEach(draw);
}

byId('larger').addEventListener('click', () => zoom(1.25));
byId('smaller').addEventListener('click', () => zoom(0.8));
main.addEventListener('scroll', tellSeen, { passive: true });
connect();
