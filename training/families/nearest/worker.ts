import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { chooseNearest, fitNearest } from "./fit-nearest";
import type { NearestSettings } from "./nearest-settings";

/** A worker thread that keeps stars and chooses how many of the nearest answer. */
fitTasks((task: ThreadTask<NearestSettings>, onStep) => (task.purpose === "choose" ? chooseNearest(task, onStep) : fitNearest(task)));
