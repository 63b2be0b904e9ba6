/** Starts the tasks in order, at most `width` of them at once. @returns their results, in the tasks' order */
export async function inLanes<Task, Result>(
  tasks: readonly Task[],
  width: number,
  run: (task: Task) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  const queue = tasks.entries();
  const lane = async () => {
    for (const [index, task] of queue) results[index] = await run(task);
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, lane));
  return results;
}
