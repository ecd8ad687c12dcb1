"""The words of the two sections that say how the suite was seen to fail: the proof, and the survey of mutants."""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {
    # The proof that the suite can fail.
    "proof": "Can these scenarios fail?",
    "proof_intro": "The server was broken on purpose, one fault at a time. A fault is caught when every requirement"
    " that it breaks turns red, and no other.",
    "proof_unknown": "This results file has no proof that the suite can fail. This command makes one:",
    "proof_count": "{count} of {total} faults were caught",
    "proof_count_one": "{count} of {total} faults was caught",
    "proof_when": "on {when}, in {time}, with",
    "proof_fault": "Fault",
    "cell_caught": "Caught, as it must be",
    "cell_allowed": "Failed, as it may",
    "cell_collateral": "Failed, and must not",
    "cell_missed": "Not caught, and must be",
    "cell_unclear": "Inconclusive",
    "cell_passed": "Passed",
    "cell_unrun": "Not run",
    "outcome_caught": "Caught",
    "outcome_missed": "Missed",
    "outcome_collateral": "Other requirements failed, too",
    "outcome_not_reached": "Never reached",
    "outcome_not_booted": "Never started",
    "outcome_inconclusive": "Inconclusive",
    "fault_seen": "Seen:",
    "fault_must_fail": "Must fail:",
    "fault_caught_by": "What caught it",
    # The survey of mutants.
    "mutants": "What do these scenarios miss?",
    "mutants_intro": "Small generated changes of the server, one at a time: a comparison inverted, a"
    " statement deleted. A change is killed when a scenario that runs it turns red.",
    "mutants_when": "Tried on {when}, sample {seed}.",
    "mutants_aim": "The aim is {aim} % of those that are not equivalent.",
    "mutants_system": "System",
    "mutants_killed": "Killed",
    "mutants_survived": "Survived",
    "mutants_not_reached": "Not reached",
    "mutants_equivalent": "Equivalent",
    "mutants_share": "Share killed",
    "mutants_survived_one": "survived",
    "mutants_not_reached_one": "not reached by any scenario",
    "mutants_survivors": "{count} changes that no scenario detected",
    "mutants_survivors_one": "{count} change that no scenario detected",
}

FRENCH: Final[Mapping[str, str]] = {
    # The proof that the suite can fail.
    "proof": "Ces scénarios savent-ils échouer ?",
    "proof_intro": "Le serveur a été cassé exprès, un défaut à la fois. Un défaut est détecté quand toutes les"
    " exigences qu'il enfreint passent au rouge, et aucune autre.",
    "proof_unknown": "Ces résultats ne contiennent pas de preuve que la suite sait échouer."
    " Cette commande en produit une :",
    "proof_count": "{count} défauts sur {total} ont été détectés",
    "proof_count_one": "{count} défaut sur {total} a été détecté",
    "proof_when": "le {when}, en {time}, avec",
    "proof_fault": "Défaut",
    "cell_caught": "Détecté, comme il se doit",
    "cell_allowed": "Échec, permis",
    "cell_collateral": "Échec qui ne devait pas se produire",
    "cell_missed": "Non détecté, alors qu'il aurait dû l'être",
    "cell_unclear": "Non concluant",
    "cell_passed": "Réussi",
    "cell_unrun": "Non exécuté",
    "outcome_caught": "Détecté",
    "outcome_missed": "Manqué",
    "outcome_collateral": "D'autres exigences ont échoué",
    "outcome_not_reached": "Jamais atteint",
    "outcome_not_booted": "Jamais démarré",
    "outcome_inconclusive": "Non concluant",
    "fault_seen": "Déjà vu :",
    "fault_must_fail": "Doivent échouer :",
    "fault_caught_by": "Ce qui l'a détecté",
    # The survey of mutants.
    "mutants": "Que ne voient pas ces scénarios ?",
    "mutants_intro": "De petites modifications générées du serveur, une à la fois : une"
    " comparaison inversée, une instruction supprimée. Une modification est tuée quand un scénario qui l'exécute"
    " échoue.",
    "mutants_when": "Essai du {when}, échantillon {seed}.",
    "mutants_aim": "L'objectif est de {aim} % de celles qui ne sont pas équivalentes.",
    "mutants_system": "Système",
    "mutants_killed": "Tuées",
    "mutants_survived": "Survivantes",
    "mutants_not_reached": "Non atteintes",
    "mutants_equivalent": "Équivalentes",
    "mutants_share": "Part des tuées",
    "mutants_survived_one": "a survécu",
    "mutants_not_reached_one": "n'est atteinte par aucun scénario",
    "mutants_survivors": "{count} modifications qu'aucun scénario n'a détectées",
    "mutants_survivors_one": "{count} modification qu'aucun scénario n'a détectée",
}
