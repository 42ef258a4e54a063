"""Remission of 21 children on 6-MP in weeks: Freireich et al. (1963), Blood 21, 699-716, as in Cox & Oakes
(1984), p. 7. Nine relapsed; the others were still well when the study ended."""

import numpy as np

from planner.behaviour.waits import Waits

WEEKS = (6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35)
RELAPSED = (3, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0)
WELL = (1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 1)
SIX_MP = Waits(np.array(WEEKS, float), np.array(RELAPSED), np.array(WELL), step_s=0)
PLACEBO_WEEKS = np.array([1, 2, 3, 4, 5, 8, 11, 12, 15, 17, 22, 23], float)
PLACEBO_RELAPSED = np.array([2, 2, 1, 2, 2, 4, 2, 2, 1, 1, 1, 1])
PLACEBO = Waits(PLACEBO_WEEKS, PLACEBO_RELAPSED, np.zeros(12, int), step_s=0)
