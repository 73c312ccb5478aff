import { TableFrame, tableStyles } from "./table-frame";

const ROWS = ["first", "second", "third", "fourth", "fifth", "sixth"] as const;

type TableSkeletonProps = { caption: string; headers: string[] };

/** What stands where a table will be, with its columns, so that nothing jumps when the rows arrive. */
export function TableSkeleton({ caption, headers }: TableSkeletonProps) {
  return (
    <TableFrame caption={caption} isBusy>
      <thead>
        <tr>
          {headers.map((header) => (
            <th key={header} scope="col" className={tableStyles.header}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody aria-hidden="true">
        {ROWS.map((row) => (
          <tr key={row} className={tableStyles.row}>
            {headers.map((header) => (
              <td key={header} className={tableStyles.cell}>
                <div className="h-5 w-3/4 animate-pulse rounded bg-sunken" />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
