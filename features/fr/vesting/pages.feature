# language: fr
Fonctionnalité: De longues listes d'opérations
  Une application montre les opérations page par page. Aucune page ne doit en répéter ni en oublier, même quand il en
  arrive.

  @VR-11 @both-databases
  Règle: Les pages d'opérations lues l'une après l'autre contiennent toutes celles du titulaire, chacune une fois

    Plan du scénario: <nombre>, et <pages>
      Étant donné qu'Ada a <nombre> opérations
      Et que Grace a 3 opérations
      Quand Ada demande <pages>
      Alors Ada reçoit toutes ses opérations, les plus récentes d'abord
      Et rien d'autre n'a changé

      Exemples:
        | nombre | pages                                    |
        | 7      | les opérations, par pages de 1           |
        | 7      | les opérations, par pages de 3           |
        | 6      | les opérations, par pages de 3           |
        | 201    | les opérations, par pages de 200         |
        | 101    | les opérations, par pages telles quelles |

    Scénario: cinquante par page, quand aucun nombre n'est donné
      Étant donné qu'Ada a 51 opérations
      Quand Ada demande les opérations
      Alors Ada reçoit une première page de 50 opérations
      Et rien d'autre n'a changé

    Scénario: une opération qui arrive entre deux pages
      Étant donné qu'Ada a 5 opérations
      Quand Ada demande les opérations, par pages de 2, avec une nouvelle après la première
      Alors Ada reçoit toutes ses opérations d'avant, les plus récentes d'abord
      Et il y a eu 1 versement pour Ada
      Et rien d'autre n'a changé

    @target.inprocess
    Scénario: des opérations d'un même instant
      Étant donné que nous sommes le "2024-01-28"
      Et qu'Ada a 5.00 AED dans le coffre
      Et qu'Ada a 6.00 AED dans le coffre
      Et qu'Ada a 7.00 AED dans le portefeuille
      Quand Ada demande les opérations, par pages de 2
      Alors Ada reçoit toutes ses opérations, les plus récentes d'abord
      Et rien d'autre n'a changé

    Scénario: la page suivante de quelqu'un d'autre
      Étant donné qu'Ada a 5 opérations
      Et que Grace a 3 opérations
      Et qu'Ada demande les opérations, par pages de 3
      Quand Grace demande la page qui vient ensuite pour Ada
      Alors Grace reçoit aucune opération d'Ada
      Et rien d'autre n'a changé
