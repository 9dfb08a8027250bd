'use strict';
// The site works without this file. With it there is a search field, a filter, and meanings that show on focus.

for (const form of document.querySelectorAll('.zoek')) {
  const field = form.querySelector('input, select');
  const count = form.querySelector('output');
  const table = document.getElementById(form.dataset.tabel);
  const rows = [...table.querySelectorAll('tr[data-wie]')];
  const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f.]/g, '').toLowerCase();

  const fits = (row, wish) => {
    if (field.type === 'search') return plain(row.textContent).includes(wish);
    const { wie, niet } = row.dataset;
    return wie === wish || (wie === '*' && !niet.split(' ').includes(wish));
  };

  const update = () => {
    const wish = plain(field.value.trim());
    for (const row of rows) row.hidden = wish !== '' && !fits(row, wish);
    for (const body of table.tBodies) body.hidden = [...body.rows].every((row) => row.hidden || row.className === 'letter');
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = wish ? count.dataset.woorden.replace('{n}', shown).replace('{all}', rows.length) : '';
  };

  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  field.addEventListener('input', update);
  update(); // a browser keeps what was filled in when you come back
}

// A mouse or a finger opens a meaning by the button's own popovertarget; the keyboard has it as soon as it arrives.
for (const button of document.querySelectorAll('button.afk')) {
  const box = document.getElementById(button.getAttribute('popovertarget'));
  button.addEventListener('focus', () => {
    if (button.matches(':focus-visible')) box.showPopover({ source: button });
  });
  button.addEventListener('blur', () => box.hidePopover());
}
