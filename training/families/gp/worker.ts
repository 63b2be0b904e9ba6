import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { chooseGp } from "./choose-gp";
import { fitGp } from "./fit-gp";
import type { GpSettings } from "./gp-settings";

/** A worker thread that fits Gaussian processes. */
fitTasks((task: ThreadTask<GpSettings>, onStep) => (task.purpose === "choose" ? chooseGp(task, onStep) : fitGp(task, onStep)));
