# language: fr
Fonctionnalité: Rejouer des jours passés
  Après un incident, l'exploitant rejoue les jours manqués. Aucun jour ne doit être payé deux fois, ni trop tôt.

  @VR-4 @both-databases
  Règle: Un passage vaut pour le jour donné, et rattrape les jours précédents

    Plan du scénario: au <jour>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-28 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of <jour>"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au     | devise | à blanc | échus    | libérés  | montant   | ignorés | erreurs |
        | <jour> | AED    | non     | <nombre> | <nombre> | <montant> | 0       | 0       |
      Et il y a eu <nombre> libérations pour Ada
      Et Ada a <montant> AED disponibles et <bloqué> AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | jour       | nombre | montant | bloqué |
        | 2025-01-25 | 0      | 0.00    | 7.00   |
        | 2025-01-27 | 2      | 3.00    | 4.00   |
        | 2025-01-28 | 3      | 7.00    | 0.00   |

      @cost.seconds
      Exemples: suite
        | jour       | nombre | montant | bloqué |
        | 2025-01-26 | 1      | 1.00    | 6.00   |
        | 2025-12-31 | 3      | 7.00    | 0.00   |

    Scénario: des jours manqués, des années entières
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2020-02-29 | VESTED |
        | Grace     | AVENIR | 2.00    | 0.00   | AED    | 2023-12-31 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-26 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 3     | 3       | 7.00    | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et il y a eu 1 libération pour Grace
      Et rien d'autre n'a changé

    Scénario: un jour antérieur après un jour ultérieur
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-20 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-28 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Quand l'exploitant lance "vesting-release --as-of 2025-01-20"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-20 | AED    | non     | 1     | 0       | 0.00    | 1       | 0       |
      Et Ada a 3.00 AED disponibles et 4.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: aujourd'hui, quand aucun jour n'est donné
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance    | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | hier        | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | aujourd'hui | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | demain      | VESTED |
      Quand l'exploitant lance "vesting-release"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au          | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 2     | 2       | 3.00    | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et Ada a 3.00 AED disponibles et 4.00 AED bloqués
      Et rien d'autre n'a changé

    Plan du scénario: <jour> et <devise>, donnés au passage d'un administrateur
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | EUR    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 8.00    | 0.00   | EUR    | 2025-01-27 | VESTED |
      Et que Grace a un compte d'administrateur
      Quand Grace envoie a release as of <jour> in <devise>
      Alors le passage indique
        | au     | devise   | à blanc | échus    | libérés  | montant   | ignorés | erreurs |
        | <jour> | <devise> | non     | <nombre> | <nombre> | <montant> | 0       | 0       |
      Et il y a eu <nombre> libérations pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | jour       | devise | nombre | montant |
        | 2025-01-26 | EUR    | 1      | 2.00    |
        | 2025-01-27 | EUR    | 2      | 10.00   |

      @cost.seconds
      Exemples: suite
        | jour       | devise | nombre | montant |
        | 2025-01-26 | AED    | 1      | 1.00    |
