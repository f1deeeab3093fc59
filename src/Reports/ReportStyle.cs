namespace SerLab.Reports;

/// <summary>How a report looks, on a desk, on a phone, in the dark and on paper, and the one thing it does.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--page:#fff;--card:#f6f8fa;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--link:#0b5cad;
        --leak:#8f1d14;--leak-page:#fdebe9;--warn:#6b4a00;--warn-page:#fff4d6;--good:#0f5132;--good-page:#e3f5ea;--best:#e6f0fa}
        @media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#151b23;--text:#e6edf3;--soft:#9198a1;--line:#3d444d;
        --link:#79b8ff;--leak:#ffb3ab;--leak-page:#3c1512;--warn:#f5d48a;--warn-page:#33270a;--good:#9be3b5;--good-page:#0e2a1b;
        --best:#13283f}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,'Segoe UI',sans-serif}
        main{max-width:1120px;margin:0 auto;padding:0 20px 64px}
        h1{font-size:1.9rem;line-height:1.2;margin:1.4rem 0 .3rem;overflow-wrap:anywhere}
        h2{font-size:1.4rem;line-height:1.25;margin:2.8rem 0 .6rem;padding-top:1.2rem;border-top:1px solid var(--line)}
        h3{font-size:1.08rem;margin:1.8rem 0 .4rem}
        p,li,dd{overflow-wrap:anywhere}
        p{margin:.5rem 0;max-width:76ch}
        ul{margin:.4rem 0;padding-left:1.3rem;max-width:76ch}
        a{color:var(--link)}
        .lead{color:var(--soft);font-size:1.05rem}
        .answer{font-size:1.12rem}
        .note{color:var(--soft);font-size:.88rem}
        .banner{margin:16px 0 0;padding:12px 16px;border-radius:8px;border-left:5px solid;max-width:none;font-weight:600}
        .leak{color:var(--leak);background:var(--leak-page)}
        .warn{color:var(--warn);background:var(--warn-page)}
        .good{color:var(--good);background:var(--good-page)}
        .scroll{overflow-x:auto;margin:.8rem 0;border:1px solid var(--line);border-radius:8px}
        table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
        caption{caption-side:top;text-align:left;padding:8px 12px;color:var(--soft);font-size:.86rem;position:sticky;left:0}
        th,td{padding:7px 12px;text-align:right;white-space:nowrap;border-top:1px solid var(--line);vertical-align:top}
        th{font-weight:600}
        th:first-child{text-align:left}
        thead th{background:var(--card);vertical-align:bottom}
        tbody th{position:sticky;left:0;background:var(--page);max-width:42vw;overflow:hidden;text-overflow:ellipsis}
        td span,th span{display:block}
        small{display:block;color:var(--soft);font-weight:400;font-size:.8rem}
        td.best{background:var(--best)}
        td.best span{font-weight:700}
        th.leaks small{color:var(--leak);font-weight:600}
        td.optimism{font-weight:600}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin:1rem 0}
        figure{margin:0;padding:12px;border:1px solid var(--line);border-radius:8px;min-width:0;display:flex;
        flex-direction:column;break-inside:avoid}
        figure svg{width:100%;max-width:540px!important;margin:0 auto}
        figcaption{margin-top:auto;padding-top:8px;color:var(--soft);font-size:.86rem;display:flex;gap:12px;
        justify-content:space-between;align-items:baseline}
        .data{white-space:nowrap;font-size:.8rem;margin-left:10px}
        figcaption .take{white-space:nowrap}
        .point{margin:2px 0 0;min-height:1.5em;font-size:.86rem;color:var(--soft);overflow-wrap:anywhere}
        .chart .chosen{stroke:currentColor;stroke-width:2;fill-opacity:1;r:6px}
        svg:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        th audio{display:block;height:32px;width:240px;margin-top:4px}
        .find{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;max-width:none;font-size:.9rem}
        .find input,.find button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;
        padding:4px 10px}
        .long thead button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-decoration:underline}
        p.take{margin:-.5rem 0 .8rem;max-width:none;text-align:right}
        .take .data:first-child{margin-left:0}
        pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;
        font:.85rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
        dl{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:4px 18px;margin:.6rem 0}
        dt{color:var(--soft)}
        dd{margin:0}
        details{margin:.8rem 0}
        summary{cursor:pointer;color:var(--link)}
        @media (max-width:600px){body{font-size:15px}main{padding:0 14px 48px}h1{font-size:1.5rem}h2{font-size:1.22rem}
        table{font-size:.86rem}th,td{padding:6px 7px}figure{padding:6px 4px}
        figcaption{padding:6px 6px 2px;display:block}.data{display:inline-block;margin-top:4px}
        dl{display:block}dt{margin-top:8px}}
        @media print{:root{color-scheme:light;--page:#fff;--card:#fff;
        --text:#000;--soft:#333;--line:#999;--link:#000;--leak:#8f1d14;
        --leak-page:#fff;--warn:#6b4a00;--warn-page:#fff;--good:#0f5132;--good-page:#fff;--best:#eee}
        body{font-size:10pt}main{max-width:none;padding:0}p,ul{max-width:none}.data,.find,.point,audio{display:none}
        .scroll,pre{overflow:visible}pre{white-space:pre-wrap;overflow-wrap:anywhere}
        th,td{white-space:normal;padding:3px 5px;font-size:8pt}small,.note,figcaption{font-size:7.5pt}
        details::details-content{content-visibility:visible;display:block}summary{list-style:none;color:#000;font-weight:600}
        h2,h3,summary,p:has(+.scroll),p:has(+.figures){break-after:avoid}tr,caption,dd{break-inside:avoid}
        .scroll:not(:has(tbody tr:nth-child(13))){break-inside:avoid}table:has(th:nth-child(10)) :is(th,td){padding:3px 2px}
        table:has(th:nth-child(10)) small{font-size:6pt}
        caption,thead{break-after:avoid}.take{display:none}
        .figures{grid-template-columns:1fr 1fr}.chart{color:#000}}
        """;

    /// <summary>
    /// Makes the links below figures and tables hand out what stands in the page. Pictures are taken as they look in the light.
    /// </summary>
    public const string Script = """
        const light = svg =>
          new XMLSerializer().serializeToString(svg).replaceAll('screen and (prefers-color-scheme:dark)', 'not all');
        const types = { svg: 'image/svg+xml', json: 'application/json', csv: 'text/csv', md: 'text/markdown', tex: 'text/x-tex' };
        async function picture(svg) {
          const image = new Image();
          image.src = `data:image/svg+xml,${encodeURIComponent(light(svg))}`;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [3 * svg.viewBox.baseVal.width, 3 * svg.viewBox.baseVal.height];
          const paper = canvas.getContext('2d');
          paper.fillStyle = '#fff';
          paper.fillRect(0, 0, canvas.width, canvas.height);
          paper.drawImage(image, 0, 0, canvas.width, canvas.height);
          return new Promise(done => canvas.toBlob(done, 'image/png'));
        }
        document.addEventListener('click', async event => {
          const link = event.target.closest('a.data');
          if (!link) return;
          event.preventDefault();
          const source = document.querySelector(link.getAttribute('href'));
          const ending = link.download.split('.').pop();
          const blob = ending === 'png' ? await picture(source.querySelector('svg'))
            : new Blob([ending === 'svg' ? light(source.querySelector('svg')) : source.textContent], { type: types[ending] });
          const saved = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: link.download });
          saved.click();
        });
        for (const svg of document.querySelectorAll('figure svg')) {
          const marks = [...svg.querySelectorAll('circle')].filter(mark => mark.querySelector('title'));
          if (marks.length === 0) continue;
          const told = Object.assign(document.createElement('p'), {
            className: 'point',
            textContent: 'Point at a mark, or choose one by the arrow keys.',
          });
          told.setAttribute('aria-live', 'polite');
          svg.after(told);
          svg.tabIndex = 0;
          let chosen;
          const choose = mark => {
            chosen?.classList.remove('chosen');
            chosen = mark;
            chosen.classList.add('chosen');
            told.textContent = mark.querySelector('title').textContent;
          };
          svg.addEventListener('pointerover', event => { if (marks.includes(event.target)) choose(event.target); });
          svg.addEventListener('keydown', event => {
            const [axis, other, step] = { ArrowRight: ['cx', 'cy', 1], ArrowLeft: ['cx', 'cy', -1], ArrowUp: ['cy', 'cx', -1],
              ArrowDown: ['cy', 'cx', 1] }[event.key] ?? [];
            if (!axis) return;
            event.preventDefault();
            marks.sort((a, b) => a.getAttribute(axis) - b.getAttribute(axis) || a.getAttribute(other) - b.getAttribute(other));
            const at = chosen ? marks.indexOf(chosen) + step : step > 0 ? 0 : marks.length - 1;
            choose(marks[Math.min(Math.max(at, 0), marks.length - 1)]);
          });
        }
        const heard = [...document.querySelectorAll('[data-sound]')];
        if (heard.length > 0) {
          const probe = new Audio();
          probe.preload = 'metadata';
          probe.onloadedmetadata = () => heard.forEach(cell => {
            const player = Object.assign(
              document.createElement('audio'), { controls: true, preload: 'none', src: cell.dataset.sound });
            player.setAttribute('aria-label', cell.textContent.trim());
            cell.append(player);
          });
          probe.src = heard[0].dataset.sound;
        }
        const cell = /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g;
        const cellsOf = text => [...text.matchAll(cell)].reduce((rows, [all, quoted, plain, end]) => {
          if (all !== '') rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/^'(?='*[=@+-])/, ''));
          if (end === '\n') rows.push([]);
          return rows;
        }, [[]]).filter(row => row.length > 0);
        const numberOf = text => text === '' ? NaN : Number(text.replace('−', '-').replaceAll(',', ''));
        function compare(a, b) {
          const [x, y] = [numberOf(a), numberOf(b)];
          return Number.isNaN(x) && Number.isNaN(y) ? a.localeCompare(b) : Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
        }
        function search(box) {
          const [, ...rows] = cellsOf(document.getElementById(box.dataset.source).textContent);
          const size = 50, body = box.querySelector('tbody'), heads = [...box.querySelectorAll('thead th')];
          let found = rows, first = 0, column = -1, sign = 1;
          const make = (name, text, properties) =>
            Object.assign(document.createElement(name), { textContent: text, ...properties });
          const field = make('input', '', { type: 'search' }), label = make('label', 'Find '), count = make('output', '');
          const turn = (text, step) => make('button', text, { type: 'button', onclick: () => show(first + step) });
          const [back, on] = [turn('Previous', -size), turn('Next', size)];
          label.append(field);
          const controls = make('p', '', { className: 'find' });
          controls.append(label, back, on, count);
          box.prepend(controls);
          function show(from) {
            first = from;
            body.replaceChildren(...found.slice(first, first + size).map(row => {
              const line = document.createElement('tr');
              line.append(...row.map((text, i) => make(i === 0 ? 'th' : 'td', text, i === 0 ? { scope: 'row' } : {})));
              return line;
            }));
            back.disabled = first === 0;
            on.disabled = first + size >= found.length;
            count.textContent = found.length === 0 ? 'none'
              : `${first + 1}–${Math.min(first + size, found.length)} of ${found.length}`;
          }
          function find() {
            const words = field.value.toLowerCase().split(' ').filter(word => word !== '');
            found = rows.filter(row => words.every(word => row.some(cell => cell.toLowerCase().includes(word))));
            if (column >= 0) found = found.toSorted((a, b) => sign * compare(a[column], b[column]));
            const order = sign > 0 ? 'ascending' : 'descending';
            heads.forEach((head, i) => head.setAttribute('aria-sort', i === column ? order : 'none'));
            show(0);
          }
          const sort = by => {
            [column, sign] = [by, column === by ? -sign : 1];
            find();
          };
          heads.forEach((head, i) => head.replaceChildren(
            make('button', head.textContent.trim(), { type: 'button', onclick: () => sort(i) })));
          field.oninput = find;
          find();
        }
        for (const box of document.querySelectorAll('.long')) {
          box.closest('details').addEventListener('toggle', () => search(box), { once: true });
        }
        """;
}
