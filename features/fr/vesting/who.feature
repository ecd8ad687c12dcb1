# language: fr
Fonctionnalité: Qui peut déplacer de l'argent
  Libérer des lots, et alimenter le portefeuille d'autrui, revient aux administrateurs. Chacun ne voit que son propre
  argent.

  @VR-17
  Règle: Personne ne déplace ni ne voit d'argent sans s'identifier

    Plan du scénario: quelqu'un qui envoie <quoi>
      Étant donné qu'Ada a 100.00 AED dans le coffre
      Quand quelqu'un envoie <quoi>
      Alors quelqu'un est refusé avec 401 "Say who you are"
      Et rien d'autre n'a changé

      Exemples:
        | quoi                  |
        | un dépôt de 10.00 AED |
        | une libération        |

      @cost.seconds
      Exemples: suite
        | quoi                      |
        | un versement de 10.00 AED |
        | une libération à blanc    |

  @VR-17
  Règle: Seul un administrateur libère des lots par le réseau, ou alimente le portefeuille d'autrui

    Plan du scénario: un utilisateur qui envoie <quoi>
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Et que Grace a un compte
      Quand Grace envoie <quoi>
      Alors Grace est refusée avec 403 "administrator"
      Et Ada a 0.00 AED disponibles et 100.00 AED bloqués
      Et rien d'autre n'a changé

      Exemples:
        | quoi                                 |
        | une libération                       |
        | une libération à blanc au 2025-01-27 |

      @cost.seconds
      Exemples: suite
        | quoi                              |
        | une libération au 2025-01-27      |
        | un versement de 5.00 AED pour Ada |

    Scénario: un utilisateur qui n'a pas d'argent non plus
      Étant donné que Grace a un compte
      Quand Grace envoie une libération
      Alors Grace est refusée avec 403 "administrator"
      Et rien d'autre n'a changé

    Scénario: un administrateur alimente le portefeuille de quelqu'un
      Étant donné qu'Ada a 1.00 AED dans le portefeuille
      Et que Grace a un compte d'administrateur
      Quand Grace envoie un versement de 5.00 AED pour Ada
      Alors il y a eu 1 versement pour Ada
      Et Ada a 6.00 AED disponibles et 0.00 AED bloqués
      Et Grace a 0.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: en production, personne n'alimente son propre portefeuille
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un compte
      Quand Ada envoie un versement de 5.00 AED
      Alors Ada est refusée avec 403 "administrator"
      Et rien d'autre n'a changé

    Scénario: en production, un administrateur le fait
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un compte
      Et que Grace a un compte d'administrateur
      Quand Grace envoie un versement de 5.00 AED pour Ada
      Alors il y a eu 1 versement pour Ada
      Et Ada a 5.00 AED disponibles et 0.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: un administrateur nomme quelqu'un qui n'existe pas
      Étant donné qu'Ada a 1.00 AED dans le portefeuille
      Et que Grace a un compte d'administrateur
      Quand Grace envoie un versement de 5.00 AED pour personne
      Alors Grace apprend que le champ "user_id" est incorrect
      Et rien d'autre n'a changé

  @VR-17 @both-databases
  Règle: À la suppression d'un compte, les livres gardent son argent

    Scénario: une de deux personnes s'en va
      Étant donné qu'Ada a un compte
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 50.00  | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 70.00   | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand Ada supprime son compte
      Alors Ada n'a laissé aucune trace
      Et il y a eu 1 départ pour Ada
      Et les comptes sont équilibrés
      Et Grace a 0.00 AED disponibles et 70.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: le lot de quelqu'un qui est parti échoit
      Étant donné qu'Ada a un compte
      Et que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
        | Grace     | AVENIR | 70.00   | 0.00   | AED    | 2025-01-27 | VESTED |
      Et qu'Ada supprime son compte
      Quand l'exploitant lance "vesting-release --as-of 2025-01-27"
      Alors le passage indique
        | au         | devise | à blanc | échus | libérés | montant | ignorés | erreurs |
        | 2025-01-27 | AED    | non     | 2     | 2       | 170.00  | 0       | 0       |
      Et le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut   |
        | personne  | AVENIR | 100.00  | 100.00 | AED    | 2025-01-27 | RELEASED |
        | Grace     | AVENIR | 70.00   | 70.00  | AED    | 2025-01-27 | RELEASED |
      Et il y a eu 1 libération pour Grace
      Et les comptes sont équilibrés
