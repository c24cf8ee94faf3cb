import type { ComponentChildren } from 'preact';

interface TableProps {
  title: string;
  columns: readonly string[];
  empty: string;
  children: ComponentChildren[];
}

/** A card with a table, or a sentence while there is nothing to show. */
export function Table({ title, columns, empty, children }: TableProps) {
  return (
    <section class="card board-table" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        // A wide table scrolls by itself, also by keyboard.
        <div class="table-scroll" tabIndex={0} role="group" aria-label={`${title}, table`}>
          <table>
            <thead>
              <tr>
                {columns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
