# language: fr
Fonctionnalité: Les options de développement restent en développement
  Un en-tête qui permet d'agir au nom de n'importe quel utilisateur est commode sur un portable et désastreux ailleurs. Ces
  options agissent en développement, écrit exactement ainsi, et nulle part ailleurs.

  @LR-8
  Règle: Hors développement, les en-têtes de contournement sont ignorés, quelle que soit leur graphie

    Plan du scénario: <en-tête>, environnement <environnement>
      Étant donné un serveur dont l'environnement est "<environnement>"
      Quand quelqu'un envoie l'en-tête <en-tête> au nom d'Ada
      Alors quelqu'un est refusé avec 401 "Say who you are"
      Et rien d'autre n'a changé

      Exemples:
        | environnement | en-tête           |
        | production    | X-Dev-External-Id |
        | production    | X-Dev-User-Id     |
        | production    | x-dev-external-id |
        | production    | X-DEV-USER-ID     |
        | production    | X_Dev_User_Id     |

      @cost.seconds
      Exemples: suite
        | environnement | en-tête           |
        | staging       | X-Dev-External-Id |
        | test          | X-Dev-User-Id     |
        | Development   | X-Dev-External-Id |
        | dev           | X-Dev-External-Id |
        | non défini    | X-Dev-External-Id |

    Scénario: en développement, l'en-tête nomme l'utilisateur
      Étant donné un serveur dont l'environnement est "development"
      Quand quelqu'un envoie l'en-tête X-Dev-External-Id au nom d'Ada
      Alors quelqu'un reçoit le thème natal d'Ada
      Et rien d'autre n'a changé

    @target.inprocess
    Scénario: la personne que l'en-tête nomme pour la première fois a le thème natal fixe
      Étant donné que nous sommes le "2026-11-22"
      Et que l'option DEV_AUTH_BYPASS vaut "1"
      Quand Ada demande la révolution courante
      Alors la date de retour pour Ada est "2026-11-12T10:37:21Z", à 20 secondes près
      Et Ada reçoit le ciel "Moon in Sagittarius, house 12, Capricorn rising, Venus sextile 2.22, Mars trine 0.98, Jupiter trine 0.42"
      Et il y a eu 1 accueil pour Ada
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @LR-8 @target.process
  Règle: Un serveur refuse de démarrer avec une option dangereuse hors développement

    Plan du scénario: <option>, environnement <environnement>
      Étant donné un serveur dont l'environnement est "<environnement>"
      Et que l'option <option> vaut "1"
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "<option>=1 is refused"
      Et rien d'autre n'a changé

      Exemples:
        | environnement | option          |
        | production    | DEV_AUTH_BYPASS |
        | production    | ALLOW_DEV_PURGE |
        | staging       | DEV_AUTH_BYPASS |

      @cost.seconds
      Exemples: suite
        | environnement | option          |
        | Development   | DEV_AUTH_BYPASS |
        | development2  | ALLOW_DEV_PURGE |
        | non défini    | DEV_AUTH_BYPASS |

    Scénario: une clé secrète trop courte
      Étant donné un serveur dont l'environnement est "production"
      Et que l'option SECRET_KEY vaut "short"
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "SECRET_KEY must have 32 bytes or more"
      Et rien d'autre n'a changé

  @LR-8
  Règle: Hors développement, aucune autre option ne change quoi que ce soit

    Scénario: délai et éphéméride fixe en production
      Étant donné un serveur dont l'environnement est "production"
      Et que l'option LUNAR_RETURNS_DEV_DELAY_MS vaut "20000"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante, prolongée de 20 secondes
      Alors Ada reçoit sa réponse en moins de 10 secondes
      Et les dates de retour pour Ada sont d'autres dates que les dates fixes
      Et rien d'autre n'a changé

    Scénario: délai et éphéméride fixe en développement
      Étant donné un serveur dont l'environnement est "development"
      Et que l'option LUNAR_RETURNS_DEV_DELAY_MS vaut "300"
      Et que l'option DEV_MOCK_EPHEMERIS vaut "1"
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante
      Alors Ada reçoit sa réponse en au moins 0.3 secondes
      Et les dates de retour pour Ada sont les dates fixes
      Et rien d'autre n'a changé
