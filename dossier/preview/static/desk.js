// The keys of the desk, and the questions before what can't be undone. Without this script everything works by its buttons.
'use strict';

const form = document.getElementById('aanvraag');
const approve = document.querySelector('button[value="goedkeuren"]');

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.ctrlKey && form && approve) {
    event.preventDefault();
    form.requestSubmit(approve);
  } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const links = [...document.querySelectorAll('nav a')].filter((link) => link.checkVisibility());
    const at = links.findIndex((link) => link.hasAttribute('aria-current'));
    const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) next.click();
  }
});

document.addEventListener('submit', (event) => {
  const asked = event.submitter && event.submitter.dataset.vraag;
  if (asked && !window.confirm(asked)) {
    event.preventDefault();
    return;
  }
  // What is sent once is not sent again by a second click.
  setTimeout(() => document.querySelectorAll('button').forEach((button) => { button.disabled = true; }));
});

const first = document.querySelector('input.onzeker') || document.getElementById('v-naam');
if (first) first.focus();
