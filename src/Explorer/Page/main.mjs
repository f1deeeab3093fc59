// The entry: asks for the rows first, so that they come while the other modules are loaded.
import { openSource } from 'explorer/source';

const source = openSource();
try {
  const [state, rows, page] = await Promise.all([source.state(), source.clips(0), import('explorer/page')]);
  page.open(source, state, rows);
} catch (error) {
  const toast = document.getElementById('toast');
  toast.textContent = error.message;
  toast.className = 'bad';
  toast.hidden = false;
}
