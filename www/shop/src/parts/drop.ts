/** Files dropped anywhere on the page: a feed becomes the shop. */
import { takeFeed } from '../pages/your-shop';

/** Takes drops from here on, and marks the page while a file is held over it. */
export function listenForDrops(): void {
  const root = document.documentElement;
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    root.toggleAttribute('data-file-over', true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) root.toggleAttribute('data-file-over', false);
  });
  document.addEventListener('drop', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    root.toggleAttribute('data-file-over', false);
    const file = event.dataTransfer?.files[0];
    if (file) void takeFeed(file);
  });
}
