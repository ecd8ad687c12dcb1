# language: fr
Fonctionnalité: Contrôler sur n'importe quel serveur qu'il n'y a qu'une génération
  Un exploitant qui doute d'un serveur lance une commande. Elle demande de nombreuses fois en même temps, et deux fois de
  suite, la révolution d'un même utilisateur, affiche chaque étape et conclut par un verdict qu'un script sait lire.

  @LR-11
  Règle: Une commande joue les deux salves contre n'importe quel serveur et conclut par un verdict

    Scénario: un serveur qui tient sa promesse
      Étant donné qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour Ada avec 20 demandes simultanées
      Alors la commande se termine avec le code 0
      Et elle dit "SUCCESS"
      Et elle dit "the server's log should have one lunar_returns.generation_started for it, and the others skipped"
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Scénario: chaque étape est affichée
      Étant donné qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour Ada avec 20 demandes simultanées
      Alors elle dit "===== Concurrency check of"
      Et elle dit "requests at once: 20 delay: the server's ====="
      Et elle dit "2. Purge: 0 deleted, 0 left"
      Et elle dit "3. First batch, nothing there yet: 20 requests at once"
      Et elle dit "4. Second batch, all there: 20 requests at once"
      Et il y a eu 1 génération pour Ada

    Scénario: un compte à la place du contournement, sans purge
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour le compte d'Ada avec 20 demandes simultanées
      Alors la commande se termine avec le code 0
      Et elle dit "SUCCESS"
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Plan du scénario: un serveur qui <défaut>
      Étant donné un serveur tiers qui <défaut>
      Quand on lance le contrôle de concurrence pour Ada avec 5 demandes simultanées
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Et elle dit "FAILURE"
      Et rien d'autre n'a changé

      Exemples:
        | défaut                                       | mots                             |
        | donne une autre révolution à chaque demande  | different ids                    |
        | oublie la date de retour                     | request 0: return_date is null   |
        | répond par un corps vide                     | request 0: no return in the body |
        | donne deux révolutions dans la seconde salve | different ids: [1, 2]            |

      @cost.seconds
      Exemples: suite
        | défaut                                         | mots                           |
        | donne une autre révolution à la seconde salve  | ids [1, 2]                     |
        | répond 500 à une demande sur trois             | : status 500                   |
        | oublie la date de retour dans la seconde salve | request 4: return_date is null |
        | refuse le jeton dans la seconde salve          | request 4: status 401          |

    Scénario: il n'y a pas de serveur
      Étant donné un serveur tiers qui n'existe pas
      Quand on lance le contrôle de concurrence pour Ada avec 5 demandes simultanées
      Alors la commande se termine avec le code 4
      Et elle dit "cannot be reached: [Errno 111] Connection refused"
      Et rien d'autre n'a changé

    Scénario: un serveur qui ne permet pas la purge
      Étant donné que l'option ALLOW_DEV_PURGE n'est pas définie
      Et qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour Ada avec 5 demandes simultanées
      Alors la commande se termine avec le code 1
      Et elle dit "--no-purge leaves it out"
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé
