/** Whether the page is narrow enough for one column; the same query as in the styles. */
import { signal } from '@preact/signals';

const query = window.matchMedia('(max-width: 600px), (max-width: 860px) and (orientation: portrait)');
export const isNarrow = signal(query.matches);
/** Whether the page is that of a phone in landscape; the same query as in the styles. */
const lowQuery = window.matchMedia('(max-height: 480px) and (min-width: 601px)');
export const isLow = signal(lowQuery.matches);
lowQuery.addEventListener('change', () => (isLow.value = lowQuery.matches));
query.addEventListener('change', () => (isNarrow.value = query.matches));
