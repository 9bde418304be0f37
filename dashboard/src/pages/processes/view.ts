export const sorts = ['name', 'pid', 'user', 'cpu', 'memory', 'io', 'state'] as const
export type Sort = (typeof sorts)[number]
export const limits = ['25', '50', '100', '500', 'all'] as const
export type Limit = (typeof limits)[number]

export interface View {
  sort: Sort
  isDescending: boolean
  limit: Limit
  isTree: boolean
}

/** The direction of a column that is sorted for the first time: the largest value first, text from A to Z. */
export const startsDescending = (sort: Sort): boolean => ['cpu', 'memory', 'io'].includes(sort)

const find = <T extends string>(values: readonly T[], parts: readonly string[]): T | undefined =>
  values.find((value) => parts.includes(value))

/** Reads the parts of the URL, such as `memory/100/ascending/tree`. Unknown parts are ignored. */
export function readView(parts: readonly string[]): View {
  const sort = find(sorts, parts) ?? 'cpu'
  const direction = find(['ascending', 'descending'], parts)
  return {
    sort,
    isDescending: direction ? direction === 'descending' : startsDescending(sort),
    limit: find(limits, parts) ?? '50',
    isTree: parts.includes('tree')
  }
}

export function partsOf({ sort, isDescending, limit, isTree }: View): string[] {
  const direction = isDescending === startsDescending(sort) ? [] : [isDescending ? 'descending' : 'ascending']
  return [sort, limit, ...direction, ...(isTree ? ['tree'] : [])]
}

/** The view after a click on a column's heading: the other direction, or another column. */
export const sortedBy = (view: View, sort: Sort): View => ({
  ...view,
  sort,
  isDescending: view.sort === sort ? !view.isDescending : startsDescending(sort)
})
