# language: fr
Fonctionnalité: Un texte réécrit
  Une lectrice qui ne se reconnaît pas dans un texte le fait réécrire. Jusqu'à ce que le nouveau soit là, l'ancien
  l'est, et s'il ne vient pas l'ancien reste.

  @LI-5 @both-databases
  Règle: Le nouveau texte prend la place de l'ancien

    Scénario: un texte est enregistré
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada demande le rapport
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit le nouveau texte
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: le nouveau texte est désormais celui qui est enregistré
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada envoie une demande de nouveau texte
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Scénario: une seconde fois
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada envoie une demande de nouveau texte
      Quand Ada envoie une demande de nouveau texte
      Alors Ada reçoit le nouveau texte
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

    Plan du Scénario: aucun texte n'en est enregistré : <demande>
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Quand Ada envoie <demande>
      Alors Ada reçoit le nouveau texte
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | demande                                 |
        | une demande de nouveau texte du climat  |
        | une demande de nouveau texte en anglais |

    Scénario: dix demandes à la fois
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que le service Claude retient ses réponses jusqu'à ce que 10 demandes attendent
      Quand Ada envoie une demande de nouveau texte 10 fois en même temps
      Alors toutes les 10 sont acceptées
      Et il y a eu 1 appel à Claude pour Ada
      Et Ada reçoit le nouveau texte, chaque fois
      Et rien d'autre n'a changé

  @LI-5 @both-databases
  Règle: Un lecteur reçoit l'ancien texte ou le nouveau

    Scénario: pendant qu'il s'écrit
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada a un nouveau texte en cours
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et la demande faite par Ada est satisfaite par un nouveau texte

    Scénario: pendant qu'il ne s'écrit jamais
      Étant donné que le service Claude va bien
      Et que l'option LUNAR_CLAUDE_DEADLINE_S vaut "1"
      Et qu'Ada a un texte enregistré
      Et qu'Ada a un nouveau texte en cours, jamais rendu
      Quand Ada demande le rapport
      Alors Ada reçoit le texte enregistré
      Et rien d'autre n'a changé

    Scénario: pendant que 50 le lisent
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et qu'Ada a un nouveau texte en cours
      Quand Ada demande le rapport 50 fois en même temps
      Alors toutes les 50 sont acceptées
      Et Ada reçoit le texte enregistré
      Et la demande faite par Ada est satisfaite par un nouveau texte

  @LI-5 @both-databases
  Règle: La révolution d'autrui est inconnue, comme une qui n'existe pas

    Plan du Scénario: <demande>
      Étant donné que le service Claude va bien
      Et qu'Ada a un texte enregistré
      Et que Grace a des révolutions lunaires
      Quand Ada envoie <demande>
      Alors Ada est refusée avec 404 "There is no such lunar return."
      Et Ada reçoit ce qui est dit d'une révolution qui n'existe pas
      Et il y a eu 0 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | demande                                                          |
        | une demande de nouveau texte sur la révolution de Grace          |
        | une demande de nouveau texte sur une révolution qui n'existe pas |
