# language: fr
Fonctionnalité: Qui travaille à quelle tâche
  Plusieurs exécutants, personnes ou programmes, se partagent une liste de tâches. Chacun prend une tâche avant de
  commencer, donne signe de vie pendant qu'il travaille, puis la rend ; un exécutant mort ne doit en empêcher personne
  plus longtemps qu'il ne l'a dit.

  @LI-17 @both-databases
  Règle: De tous ceux qui commencent une tâche à la fois un seul la tient ; les autres apprennent qui, et jusqu'à quand

    Plan du scénario: <titulaires> à la fois, <nombre> fois
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Quand <titulaires> titulaires commencent une même tâche en même temps, <nombre> fois
      Alors les baux sont
        | tâche | titulaire  | état | début    | signe de vie | échéance | fin |
        | moon  | l'un d'eux | tenu | 12:00:00 | 12:00:00     | 12:05:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | titulaires | nombre |
        | 2          | 3      |

      @cost.seconds
      Exemples: suite
        | titulaires | nombre |
        | 50         | 1      |

    Plan du scénario: une tâche que tient <qui>
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada"
      Et que l'horloge avance de 299 secondes
      Quand l'exploitant lance "lease start moon <autre> --ttl 600"
      Alors la commande se termine avec le code 1
      Et elle dit "moon is held by Ada until 2026-03-01T12:05:00Z"
      Et les baux sont
        | tâche | titulaire | état | début    | signe de vie | échéance | fin |
        | moon  | Ada       | tenu | 12:00:00 | 12:00:00     | 12:05:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | qui                | autre |
        | quelqu'un d'autre  | Grace |
        | celui qui commence | Ada   |

  @LI-17 @both-databases
  Règle: Un bail dont le titulaire n'a pas donné signe de vie pendant sa durée peut être repris, dès cet instant et pas avant

    Plan du scénario: un autre début après <secondes> secondes, d'un bail de 60
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada --ttl 60"
      Et que l'horloge avance de <secondes> secondes
      Quand l'exploitant lance "lease start moon <autre> --ttl 20"
      Alors la commande se termine avec le code <code>
      Et les baux sont
        | tâche | titulaire   | état | début   | signe de vie | échéance   | fin |
        | moon  | <titulaire> | tenu | <début> | <début>      | <échéance> | -   |
      Et rien d'autre n'a changé

      Exemples:
        | secondes | autre | code | titulaire | début    | échéance |
        | 59       | Grace | 1    | Ada       | 12:00:00 | 12:01:00 |
        | 60       | Grace | 0    | Grace     | 12:01:00 | 12:01:20 |
        | 3600     | Ada   | 0    | Ada       | 13:00:00 | 13:00:20 |

    Plan du scénario: un autre début <secondes> secondes après le dernier signe de vie
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada --ttl 60"
      Et que l'horloge avance de 59 secondes
      Et que l'exploitant lance "lease heartbeat moon Ada"
      Et que l'horloge avance de <secondes> secondes
      Quand l'exploitant lance "lease start moon Grace --ttl 20"
      Alors les baux sont
        | tâche | titulaire   | état | début   | signe de vie | échéance   | fin |
        | moon  | <titulaire> | tenu | <début> | <vie>        | <échéance> | -   |
      Et rien d'autre n'a changé

      Exemples:
        | secondes | titulaire | début    | vie      | échéance |
        | 59       | Ada       | 12:00:00 | 12:00:59 | 12:01:59 |
        | 60       | Grace     | 12:01:59 | 12:01:59 | 12:02:19 |

  @LI-17
  Règle: Qui ne tient pas un bail, ou ne le tient plus, ne peut ni le garder ni le terminer

    Plan du scénario: <commande>, une fois le bail repris
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada --ttl 60"
      Et que l'horloge avance de 60 secondes
      Et que l'exploitant lance "lease start moon Grace --ttl 60"
      Quand l'exploitant lance "lease <commande> moon Ada"
      Alors la commande se termine avec le code 1
      Et les baux sont
        | tâche | titulaire | état | début    | signe de vie | échéance | fin |
        | moon  | Grace     | tenu | 12:01:00 | 12:01:00     | 12:02:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | commande  |
        | heartbeat |
        | complete  |

    Plan du scénario: <commande> à l'instant de l'échéance
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada --ttl 60"
      Et que l'horloge avance de 60 secondes
      Quand l'exploitant lance "lease <commande> moon Ada"
      Alors la commande se termine avec le code 1
      Et elle dit "The lease of Ada on moon has expired at 2026-03-01T12:01:00Z: start it again."
      Et les baux sont
        | tâche | titulaire | état | début    | signe de vie | échéance | fin |
        | moon  | Ada       | échu | 12:00:00 | 12:00:00     | 12:01:00 | -   |
      Et rien d'autre n'a changé

      Exemples:
        | commande  |
        | heartbeat |
        | complete  |

    Plan du scénario: <commande> d'une tâche <laquelle>
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada --ttl 60"
      Et que l'exploitant lance "lease complete moon Ada"
      Quand l'exploitant lance "lease <commande> <tâche> Ada"
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Et les baux sont
        | tâche | titulaire | état    | début    | signe de vie | échéance | fin      |
        | moon  | Ada       | terminé | 12:00:00 | 12:00:00     | 12:01:00 | 12:00:00 |
      Et rien d'autre n'a changé

      Exemples:
        | commande  | laquelle                   | tâche | mots                                              |
        | heartbeat | terminée                   | moon  | moon was completed by Ada at 2026-03-01T12:00:00Z |
        | complete  | terminée                   | moon  | moon was completed by Ada at 2026-03-01T12:00:00Z |
        | heartbeat | que personne n'a commencée | sun   | Nobody has started sun                            |

      @cost.seconds
      Exemples: suite
        | commande | laquelle                   | tâche | mots                   |
        | complete | que personne n'a commencée | sun   | Nobody has started sun |

  @LI-17
  Règle: Une tâche terminée peut être recommencée, et le tableau montre chaque tâche telle qu'elle est

    Scénario: une tâche terminée
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start moon Ada"
      Et que l'exploitant lance "lease complete moon Ada"
      Quand l'exploitant lance "lease start moon Grace --ttl 60"
      Alors la commande se termine avec le code 0
      Et les baux sont
        | tâche | titulaire | état | début    | signe de vie | échéance | fin |
        | moon  | Grace     | tenu | 12:00:00 | 12:00:00     | 12:01:00 | -   |
      Et rien d'autre n'a changé

    Scénario: une terminée, une échue, et une qui est tenue
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Et que l'exploitant lance "lease start 'weekly advice' Ada"
      Et que l'exploitant lance "lease complete 'weekly advice' Ada"
      Et que l'exploitant lance "lease start moon Grace --ttl 60"
      Et que l'horloge avance de 60 secondes
      Quand l'exploitant lance "lease start sun Ada --ttl 90"
      Alors les baux sont
        | tâche         | titulaire | état    | début    | signe de vie | échéance | fin      |
        | moon          | Grace     | échu    | 12:00:00 | 12:00:00     | 12:01:00 | -        |
        | weekly advice | Ada       | terminé | 12:00:00 | 12:00:00     | 12:05:00 | 12:00:00 |
        | sun           | Ada       | tenu    | 12:01:00 | 12:01:00     | 12:02:30 | -        |
      Et rien d'autre n'a changé

  @LI-17 @both-databases @cost.hour @timeout.14400
  Règle: C'est à chaque fois un seul d'entre eux, cent fois de suite

    Scénario: 50 à la fois, cent fois
      Étant donné que nous sommes le "2026-03-01T12:00:00Z"
      Quand 50 titulaires commencent une même tâche en même temps, 100 fois
      Alors les baux sont
        | tâche | titulaire  | état | début    | signe de vie | échéance | fin |
        | moon  | l'un d'eux | tenu | 12:00:00 | 12:00:00     | 12:05:00 | -   |
      Et rien d'autre n'a changé
