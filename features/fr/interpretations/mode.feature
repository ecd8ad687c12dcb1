# language: fr
Fonctionnalité: Si Claude est interrogé, et quel modèle
  Désactiver Claude est la première mesure de l'exploitant quand quelque chose va mal : cela doit marcher, quoi
  qu'il y ait d'autre ; et un serveur sans clé doit le dire plutôt que d'échouer lecteur après lecteur.

  @LI-11 @both-databases
  Règle: Claude n'est pas interrogé là où il est désactivé, ou là où il n'y a pas de clé

    Scénario: désactivé
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_LLM_MODE vaut "off"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le modèle
      Et il y a eu 0 appel à Claude pour Ada
      Et le journal montre 1 demande qui s'est repliée, et dit une fois que Claude est désactivé
      Et rien d'autre n'a changé

    Scénario: sans clé
      Étant donné que le service Claude va bien
      Et que l'option ANTHROPIC_API_KEY n'est pas définie
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport, 20 fois de suite
      Alors Ada reçoit le modèle
      Et il y a eu 0 appel à Claude pour Ada
      Et le journal montre 20 demandes qui s'est repliée, et dit une fois que Claude est désactivé
      Et rien d'autre n'a changé

    Scénario: désactivé, avec un texte enregistré
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le serveur redémarre sans Claude
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

    Scénario: activé
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_LLM_MODE vaut "anthropic"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et rien d'autre n'a changé

    Scénario: un autre modèle
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_CLAUDE_MODEL vaut "claude-of-another-name"
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande le rapport
      Alors Ada reçoit un texte dont l'entrée est conservée
      Et Ada reçoit le texte écrit par Claude
      Et rien d'autre n'a changé

    Scénario: ce que la source appelle la vie d'un texte n'est pas une option
      Étant donné que le service Claude va bien
      Et que l'option INTERPRETATION_CACHE_TTL vaut "0"
      Et qu'Ada a un texte enregistré
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

  @LI-11 @target.process
  Règle: Un serveur dont les options n'ont pas de sens ne démarre pas

    Plan du Scénario: <option> vaut <valeur>
      Étant donné que l'option ANTHROPIC_API_KEY vaut "<clé>"
      Et que l'option <option> vaut "<valeur>"
      Quand le serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "<option>"

      Exemples:
        | clé | option                       | valeur    |
        |     | LUNAR_LLM_MODE               | anthropic |
        | k   | LUNAR_INTERPRETATION_VERSION | 0         |

      @cost.seconds
      Exemples: suite
        | clé | option                       | valeur               |
        | k   | ANTHROPIC_BASE_URL           | http://198.51.100.7/ |
        | k   | LUNAR_CLAUDE_DEADLINE_S      | -1                   |
        | k   | LUNAR_LLM_MODE               | on                   |
        | k   | LUNAR_INTERPRETATION_VERSION | two                  |
        | k   | ANTHROPIC_BASE_URL           | api.anthropic.com    |
        | k   | LUNAR_READER_WAIT_S          | 0                    |
        | k   | LUNAR_CLAUDE_MODEL           | a b                  |
