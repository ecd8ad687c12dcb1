# language: fr
Fonctionnalité: Un second passage, et plusieurs à la fois
  Cron peut lancer un job deux fois, et un exploitant répète ce qui semble avoir échoué. Un lot n'est payé qu'une
  fois.

  @VR-2 @both-databases
  Règle: Un second passage ne libère rien de ce que le premier a libéré ; il se fie à l'état du lot, pas à l'identifiant

    Plan du scénario: un second passage, <lequel>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 20000.00 | 0.00   | AED    | 2025-01-20 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Quand l'exploitant lance "<commande>"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au     | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | <jour> | AED    | non     | 2     | 0       | 0.00    | 2       | 0       |
      Et Ada a 10000.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | lequel          | commande                                        | jour       |
        | du même jour    | vesting-release --as-of 2025-01-27              | 2025-01-27 |
        | du jour suivant | vesting-release --as-of 2025-01-28              | 2025-01-28 |
        | lot par lot     | vesting-release --as-of 2025-01-27 --max-lots 1 | 2025-01-27 |

    Scénario: un lot qui arrive entre deux passages d'un même jour
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 25.00   | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 1       | 25.00   | 1       | 0       |
      Et il y a eu 1 libération pour Ada
      Et Ada a 125.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: des lots qu'un autre job a libérés, sans identifiant de passage
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut   |
        | Ada       | AVENIR | 100.00  | 100.00 | AED    | 2025-01-27 | RELEASED |
        | Ada       | AVENIR | 200.00  | 200.00 | AED    | 2025-01-27 | VESTED   |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 0       | 0.00    | 2       | 0       |
      Et Ada a 300.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: le passage après une commande, par le réseau
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que Grace a un compte d'administrateur
      Et que l'exploitant lance "vesting-release --as-of 2025-01-27"
      Quand Grace envoie une libération au 2025-01-27
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 0       | 0.00    | 1       | 0       |
      Et Ada a 100.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

  @VR-6 @both-databases
  Règle: Des passages simultanés libèrent chaque lot une fois, et tous se terminent

    Plan du scénario: <nombre> passages en même temps<comment>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-21 | VESTED |
        | Grace     | AVENIR | 2.00    | 0.00   | AED    | 2025-01-22 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-23 | VESTED |
        | Grace     | AVENIR | 8.00    | 0.00   | AED    | 2025-01-24 | VESTED |
        | Ada       | AVENIR | 16.00   | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 32.00   | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 64.00   | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 500.00  | 0.00   | AED    | 2025-01-28 | VESTED |
        | Grace     | AVENIR | 500.00  | 0.00   | AED    | 2025-01-28 | VESTED |
      Quand l'exploitant lance "<commande>" <nombre> fois en même temps
      Alors ensemble, les passages indiquent
        | passages | libérés | montant | erreurs |
        | <nombre> | 7       | 127.00  | 0       |
      Et il y a eu 4 libérations pour Ada
      Et il y a eu 3 libérations pour Grace
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

      Exemples:
        | nombre | comment       | commande                                        |
        | 2      |               | vesting-release --as-of 2025-01-27              |
        | 2      | , lot par lot | vesting-release --as-of 2025-01-27 --max-lots 1 |
        | 10     |               | vesting-release --as-of 2025-01-27              |

    Scénario: le passage d'un administrateur, dix fois en même temps
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 2.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération au 2025-01-27 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et il y a eu 3 libérations pour Ada
      Et Ada a 7.00 AED disponibles et 0.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé
