import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { chooseSvr, fitChosen } from "./fit-choices";
import type { SvrChoices } from "./svr-choices";

/** A worker thread that fits support-vector regressions. */
fitTasks((task: ThreadTask<SvrChoices>, onStep) => (task.purpose === "choose" ? chooseSvr(task, onStep) : fitChosen(task, onStep)));
