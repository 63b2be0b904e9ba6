import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { chooseGp, fitGp } from "./fit-gp";
import type { GpSettings } from "./gp-settings";

/** A worker thread that finds length scales and fits processes. */
fitTasks((task: ThreadTask<GpSettings>, onStep) => (task.purpose === "choose" ? chooseGp(task, onStep) : fitGp(task)));
