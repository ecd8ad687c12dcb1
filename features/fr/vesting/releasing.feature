# language: fr
Fonctionnalité: Libérer les lots échus
  L'argent du coffre AVENIR est bloqué 365 jours. Chacun compte le récupérer ce jour-là, en entier, une seule fois ;
  et la banque compte sur des livres équilibrés.

  @VR-1 @both-databases
  Règle: Un passage libère chaque lot échu, une fois, et transfère ce qui en reste du bloqué au disponible

    Scénario: trois lots échus de deux personnes
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 12500.50 | 0.00   | AED    | 2025-01-20 | VESTED |
        | Grace     | AVENIR | 7499.50  | 0.00   | AED    | 2024-12-31 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 3     | 3       | 30000.00 | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et il y a eu 1 libération pour Grace
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Scénario: ce qui n'est pas échu, pas de cette devise, pas de ce coffre, ou déjà libéré
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut   |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED   |
        | Ada       | AVENIR | 200.00  | 0.00   | AED    | 2025-01-28 | VESTED   |
        | Ada       | AVENIR | 300.00  | 0.00   | USD    | 2025-01-27 | VESTED   |
        | Ada       | FLEX   | 400.00  | 0.00   | AED    | 2025-01-27 | VESTED   |
        | Ada       | AVENIR | 500.00  | 500.00 | AED    | 2025-01-26 | RELEASED |
        | Grace     | AVENIR | 1000.00 | 0.00   | EUR    | 2025-01-27 | VESTED   |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 1       | 100.00  | 1       | 0       |
      Et il y a eu 1 libération pour Ada
      Et le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut   |
        | Ada       | AVENIR | 100.00  | 100.00 | AED    | 2025-01-27 | RELEASED |
        | Ada       | AVENIR | 200.00  | 0.00   | AED    | 2025-01-28 | VESTED   |
        | Ada       | AVENIR | 300.00  | 0.00   | USD    | 2025-01-27 | VESTED   |
        | Ada       | FLEX   | 400.00  | 0.00   | AED    | 2025-01-27 | VESTED   |
        | Ada       | AVENIR | 500.00  | 500.00 | AED    | 2025-01-26 | RELEASED |
        | Grace     | AVENIR | 1000.00 | 0.00   | EUR    | 2025-01-27 | VESTED   |
      Et Ada a 600.00 AED disponibles et 600.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: le reste d'un lot libéré en partie
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant  | libéré  | devise | échéance   | statut |
        | Ada       | AVENIR | 10000.00 | 2500.25 | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 1     | 1       | 7499.75 | 0       | 0       |
      Et il y a eu 1 libération pour Ada
      Et Ada a 10000.00 AED disponibles et 0.00 AED bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Plan du scénario: <premier> et <second> <devise>, au chiffre près
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant   | libéré | devise   | échéance   | statut |
        | Ada       | AVENIR | <premier> | 0      | <devise> | 2025-01-27 | VESTED |
        | Ada       | AVENIR | <second>  | 0      | <devise> | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 --currency <devise>"
      Alors le passage indique
        | au         | devise   | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | <devise> | non     | 2     | 2       | <somme> | 0       | 0       |
      Et il y a eu 2 libérations pour Ada
      Et Ada a <somme> <devise> disponibles et <rien> <devise> bloqués
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

      Exemples:
        | premier | second  | somme   | devise | rien |
        | 0.01    | 0.02    | 0.03    | AED    | 0.00 |
        | 1       | 1000000 | 1000001 | JPY    | 0    |

      @cost.seconds
      Exemples: suite
        | premier           | second            | somme             | devise | rien  |
        | 45035996273704.97 | 45035996273704.96 | 90071992547409.93 | USD    | 0.00  |
        | 0.001             | 99.999            | 100.000           | BHD    | 0.000 |

    Scénario: plus de lots qu'un groupe n'en contient
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 1.00    | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 2.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Ada       | AVENIR | 4.00    | 0.00   | AED    | 2025-01-26 | VESTED |
        | Grace     | AVENIR | 8.00    | 0.00   | AED    | 2025-01-25 | VESTED |
        | Ada       | AVENIR | 16.00   | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27 --max-lots 2"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 5     | 5       | 31.00   | 0       | 0       |
      Et il y a eu 3 libérations pour Ada
      Et il y a eu 2 libérations pour Grace
      Et les comptes sont équilibrés
      Et rien d'autre n'a changé

    Plan du scénario: un coffre sans lot échu, <où>
      Étant donné qu'Ada a 50.00 AED <où>
      Quand l'exploitant lance "vesting-release"
      Alors la commande se termine avec le code 0
      Et le passage indique
        | au          | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 0     | 0       | 0.00    | 0       | 0       |
      Et il y a eu 0 libérations pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | où                   |
        | dans le coffre       |
        | dans le portefeuille |

  @VR-1
  Règle: Ce que quelqu'un dépose revient le 365e jour, et pas la veille

    Plan du scénario: <jours> jours après le dépôt
      Étant donné que nous sommes le "2024-01-28"
      Et qu'Ada a 10000.00 AED dans le coffre
      Et que <jours> jours ont passé
      Et que Grace a un compte d'administrateur
      Quand Grace envoie une libération
      Alors le passage indique
        | au          | devise | à blanc | échus   | libérés | montant   | ignorés | erreurs |
        | aujourd'hui | AED    | non     | <échus> | <échus> | <montant> | 0       | 0       |
      Et il y a eu <échus> <libérations> pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | jours | échus | libérations | montant  |
        | 364   | 0     | libérations | 0.00     |
        | 365   | 1     | libération  | 10000.00 |
        | 366   | 1     | libération  | 10000.00 |

  @VR-7 @database.postgres
  Règle: Un passage qui n'atteint pas sa base pour trois lots de suite s'arrête, et un administrateur apprend que tout n'est pas connu

    Scénario: les réponses à une tranche, et à ses deux premiers lots
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et 60 lots échus de 3 personnes
      Et que Grace a un compte d'administrateur
      Et que Grace demande le portefeuille en AED
      Et que le réseau perd les réponses aux 3 prochaines validations
      Quand Grace envoie une libération
      Alors chacun des 60 lots a été libéré une fois
      Et le passage indique
        | au          | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 60    | 60      | 1890.00 | 0       | 0       |

    Scénario: les réponses à une tranche, et à ses trois premiers lots
      Étant donné un serveur dont la base est derrière un réseau qui peut tomber en panne
      Et 60 lots échus de 3 personnes
      Et que Grace a un compte d'administrateur
      Et que Grace demande le portefeuille en AED
      Et que le réseau perd les réponses aux 4 prochaines validations
      Quand Grace envoie une libération
      Alors Grace est refusée avec 503 "did not say whether it kept this"
      Et chacun des 60 lots a été libéré une fois
