// Every rule's class, for the factory alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_ALLRULES_H
#define SNUG_CHECKER_RULES_ALLRULES_H

#include "rules/BaseFromPrvalue.h"
#include "rules/BaseRebuiltInPlace.h"
#include "rules/CacheLineStraddle.h"
#include "rules/CastNeedsLaunder.h"
#include "rules/CastNotConstant.h"
#include "rules/ChildCannotBeBase.h"
#include "rules/ChildOperationState.h"
#include "rules/ChildTypeMismatch.h"
#include "rules/ContainerOfMacro.h"
#include "rules/ContainerOfOffsetof.h"
#include "rules/FirstMemberNotFirst.h"
#include "rules/InliningDidNotHappen.h"
#include "rules/InterconvertibleNotStandardLayout.h"
#include "rules/LaunderUnreachable.h"
#include "rules/LayoutExpectation.h"
#include "rules/LifetimeEnded.h"
#include "rules/LifetimeNotStarted.h"
#include "rules/MakeReceiverLosesState.h"
#include "rules/MakeReceiverNeedsCompleteChild.h"
#include "rules/MakeReceiverSignature.h"
#include "rules/MovableOperationState.h"
#include "rules/OverlappingMemberFromPrvalue.h"
#include "rules/OversizedOperation.h"
#include "rules/PaddingHole.h"
#include "rules/StoredBackPointer.h"
#include "rules/UsedAfterCompletion.h"
#include "rules/VtableShape.h"

#endif
