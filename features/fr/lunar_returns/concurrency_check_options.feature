# language: fr
Fonctionnalité: Dire au contrôle de concurrence pour qui demander
  Des options disent pour qui la commande demande, et combien de fois ; ce qui y manque peut venir de l'environnement, pour
  qu'aucun mot de passe ne figure sur une ligne de commande. Ce que la commande ne peut pas faire, elle le dit d'abord.

  @LR-11
  Règle: La commande prend son utilisateur dans ses options ou dans l'environnement, et refuse ce qu'elle ne peut pas faire

    Scénario: le mot de passe vient de l'environnement
      Étant donné un serveur dont l'environnement est "production"
      Et que l'option CHECK_PASSWORD vaut "a long enough password"
      Et qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour l'adresse d'Ada seule avec 5 demandes simultanées
      Alors la commande se termine avec le code 0
      Et elle dit "SUCCESS"
      Et il y a eu 1 génération pour Ada
      Et rien d'autre n'a changé

    Plan du scénario: l'environnement nomme l'utilisateur <utilisateur>
      Étant donné que l'option DEV_USER_ID vaut "<utilisateur>"
      Quand on lance le contrôle de concurrence pour l'utilisateur de DEV_USER_ID avec 5 demandes simultanées
      Alors la commande se termine avec le code 0
      Et elle dit "1. No login: <en-tête>: <utilisateur>"
      Et elle dit "SUCCESS"

      Exemples:
        | utilisateur | en-tête           |
        | 42          | X-Dev-User-Id     |
        | ada         | X-Dev-External-Id |

    Scénario: le mot de passe manque
      Étant donné un serveur dont l'environnement est "production"
      Et qu'Ada a un thème natal
      Quand on lance le contrôle de concurrence pour l'adresse d'Ada seule avec 5 demandes simultanées
      Alors la commande se termine avec le code 64
      Et elle dit "--email needs --password, or CHECK_PASSWORD in the environment"
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé

    Plan du scénario: on lui demande ce qu'elle ne peut pas faire : <options>
      Étant donné qu'Ada a un thème natal
      Quand l'exploitant lance "check-lunar-concurrency --dev-user-id ada <options>"
      Alors la commande se termine avec le code 64
      Et elle dit "<mots>"
      Et il y a eu 0 calculs pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | options           | mots                                       |
        | --concurrent 0    | Input should be greater than or equal to 1 |
        | --delay-ms -1     | Input should be greater than or equal to 0 |
        | --api-url nowhere | must be an http or https URL               |

      @cost.seconds
      Exemples: suite
        | options           | mots                                        |
        | --concurrent 2001 | Input should be less than or equal to 2000  |
        | --delay-ms 60001  | Input should be less than or equal to 60000 |

    Scénario: personne n'est nommé
      Quand on lance le contrôle de concurrence pour personne avec 1 demandes simultanées
      Alors la commande se termine avec le code 64
      Et elle dit "Say which user"
      Et rien d'autre n'a changé
