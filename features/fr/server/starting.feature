# language: fr
Fonctionnalité: Démarrer un serveur, et ses commandes
  L'exploitant lit une seule ligne quand le serveur ne démarre pas, et les scripts lisent le code de sortie. Ni le
  serveur ni une commande ne doit rien laisser à moitié fait.

  @SV-17 @target.process
  Règle: Un serveur qui ne peut pas ou ne doit pas démarrer dit pourquoi en une ligne, et se termine avec le code documenté

    Scénario: plusieurs réglages incorrects
      Étant donné que l'option BODY_BYTES_MAX vaut "1023"
      Et que l'option SHUTDOWN_S_MAX vaut "3600.5"
      Et que l'option LOG_FORMAT vaut "xml"
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "BODY_BYTES_MAX: Input should be greater than or equal to 1024 (got '1023'); "
      Et elle dit "SHUTDOWN_S_MAX: Input should be less than or equal to 3600 (got '3600.5')"
      Et elle dit "LOG_FORMAT: Input should be 'auto', 'json' or 'console' (got 'xml'); "

    Plan du scénario: <base> comme base de données
      Étant donné que l'option DATABASE_URL vaut "<base>"
      Quand un serveur est démarré
      Alors la commande se termine avec le code <code>
      Et elle dit "<mots>"

      Exemples:
        | base                          | code | mots                                                              |
        | mysql://ada:hidden@there/base | 64   | Not a database URL: 'mysql://…@there/base'                        |
        | postgresql://127.0.0.1:1/base | 4    | The database postgresql+psycopg://127.0.0.1:1/base cannot be used |

    Plan du scénario: un serveur dont la base <état> <démarrage>
      Étant donné un serveur dont la base <état>
      Quand un serveur <démarrage>
      Alors la commande se termine avec le code 64
      Et elle dit "<mots>"

      Exemples:
        | état                            | démarrage               | mots                                            |
        | est vide                        | est démarré sans migrer | at revision none and this version needs 0013_   |
        | est d'une version plus ancienne | est démarré sans migrer | at revision 0002_lunar_returns and this version |
        | est d'une version plus récente  | est démarré             | The migration could not run                     |

    Scénario: un port déjà pris
      Étant donné qu'Ada a un thème natal
      Quand un serveur est démarré sur le port du premier
      Alors la commande se termine avec le code 64
      Et elle dit "Address already in use"
      Et rien d'autre n'a changé
      Et le serveur va bien

  @SV-17 @target.process @both-databases
  Règle: Quel que soit le nombre de serveurs qui démarrent en même temps, le schéma est créé une fois

    @cost.seconds
    Scénario: deux serveurs sur une base vide
      Étant donné un serveur dont la base est vide
      Quand un serveur est démarré deux fois en même temps
      Alors elle dit "2 of 2 serve"

  @SV-17 @target.process
  Règle: Une commande signale ce qu'elle a trouvé ou fait, et se termine avec le code documenté

    Plan du scénario: <commande>, sur une base qui <état>
      Étant donné un serveur dont la base <état>
      Quand l'exploitant lance "<commande>"
      Alors la commande se termine avec le code <code>
      Et elle dit "<mots>"

      Exemples:
        | état                            | commande             | code | mots                                 |
        | est à jour                      | db current           | 0    | expand: 0013_                        |
        | est vide                        | db current           | 1    | expand: none (needs 0013_            |
        | est d'une version plus ancienne | db current           | 1    | expand: 0002_lunar_returns (needs    |
        | est à jour                      | db upgrade           | 0    | already at 0013_                     |
        | est à jour                      | db contract          | 64   | by `reference-app db cleanup-backup` |
        | est vide                        | db contract          | 64   | run `reference-app db upgrade`       |
        | est vide                        | db seed              | 64   | run `reference-app db upgrade`       |
        | est à jour                      | db downgrade nowhere | 64   | The migration could not run          |
        | est à jour                      | serve --host 0.0.0.0 | 64   | DEV_AUTH_BYPASS=1 is refused on 0.0. |

      @cost.seconds
      Exemples: suite
        | état                            | commande          | code | mots                        |
        | est d'une version plus ancienne | db upgrade        | 0    | upgraded to 0013_           |
        | est à jour                      | db downgrade base | 0    | downgraded to base          |
        | est à jour                      | serve --workers 0 | 64   | must be from 1 to 64, not 0 |
        | est à jour                      | nonsense          | 64   | No such command             |
        | est à jour                      | lunar-returns     | 64   | duplicates                  |
        | est à jour                      | user              | 64   | create                      |
        | est à jour                      | db                | 64   | downgrade                   |
