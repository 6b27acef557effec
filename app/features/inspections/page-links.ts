/** Addresses of the parts of a list before and after this one; null where there is none. */
export function pageLinks(
  search: string,
  page: number,
  perPage: number,
  total: number,
): { previous: string | null; next: string | null } {
  const at = (number: number) => {
    const params = new URLSearchParams(search);
    params.set("page", String(number));
    return `?${params}`;
  };
  return {
    previous: page > 1 ? at(page - 1) : null,
    next: page * perPage < total ? at(page + 1) : null,
  };
}
