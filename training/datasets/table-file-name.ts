/** Endings of the files that are looked for in a folder of tables; a file that is named may be called as it likes. */
const TABLE_FILE = /\.(csv|tsv|txt|dat|ecsv|fits?|vot|votable|xml|parquet|pq)(\.gz)?$|\.(zip|tar|tgz|tar\.gz)$/i;

/** Whether a file of a folder looks like a table by its name. */
export const isTableName = (name: string): boolean => TABLE_FILE.test(name) && !name.startsWith(".");
