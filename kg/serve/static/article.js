// A fact and where the text states it are lit together.
'use strict';
{
  const marks = [...document.querySelectorAll('mark[data-facts]')];
  const light = (numbers, on) => {
    for (const mark of marks) {
      if (mark.dataset.facts.split(' ').some(n => numbers.includes(n))) mark.classList.toggle('near', on);
    }
    for (const n of numbers) document.getElementById('f' + n)?.classList.toggle('near', on);
  };
  for (const item of document.querySelectorAll('ol.facts > li')) {
    item.addEventListener('mouseenter', () => light([item.id.slice(1)], true));
    item.addEventListener('mouseleave', () => light([item.id.slice(1)], false));
  }
  for (const mark of marks) {
    mark.addEventListener('mouseenter', () => light(mark.dataset.facts.split(' '), true));
    mark.addEventListener('mouseleave', () => light(mark.dataset.facts.split(' '), false));
  }
}
