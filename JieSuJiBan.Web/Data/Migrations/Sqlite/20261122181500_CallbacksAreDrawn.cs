using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CallbacksAreDrawn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CallbackWay",
                table: "Cases",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CalledBy",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DrawnAt",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "HasSpoken",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "IsRecalled",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "LinkUntil",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CallbackMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallbackMessages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CallbackPlans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallbackPlans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CallbackTurns",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallbackTurns", x => x.CaseId);
                });

            migrationBuilder.CreateTable(
                name: "CaseContests",
                columns: table => new
                {
                    CaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    No = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Ground = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    FiledAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Supported = table.Column<int>(type: "INTEGER", nullable: true),
                    Finding = table.Column<string>(type: "TEXT", nullable: true),
                    ExaminedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Remedy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Opinion = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseContests", x => new { x.CaseId, x.No });
                    table.ForeignKey(
                        name: "FK_CaseContests_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            // Who made the last callback, and whether the petitioner has spoken since the unit's last answer, stands in the logs.
            migrationBuilder.Sql(
                """
                UPDATE "Cases" SET
                    "CalledBy" = (SELECT CASE WHEN json_extract("Body", '$.channel') = 'Link' THEN NULL ELSE "By_UserId" END FROM "Log"
                        WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.called-back' ORDER BY "Sequence" DESC LIMIT 1),
                    "HasSpoken" = EXISTS (SELECT 1 FROM "Log"
                        WHERE "Stream" = "Cases"."Id" AND "Type" = 'case.called-back' AND json_extract("Body", '$.isReporter') IS NOT 1
                            AND (json_extract("Body", '$.contacted') = 1 OR json_extract("Body", '$.channel') IS NOT NULL)
                            AND "Sequence" > COALESCE((SELECT MAX("Sequence") FROM "Log" WHERE "Stream" = "Cases"."Id" AND "Type" IN ('case.answered', 'case.redone')), 0))
                WHERE "Id" IN (SELECT "Stream" FROM "Log" WHERE "Type" = 'case.called-back');
                UPDATE "Cases" SET "CallbackWay" = 'Phone' WHERE "CallsMissed" > 0;
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Cases_CallAt",
                table: "Cases",
                column: "CallAt",
                filter: "\"CallAt\" IS NOT NULL AND \"CallbackWay\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_FirstReceiver_DrawnAt",
                table: "Cases",
                columns: new[] { "FirstReceiver", "DrawnAt" },
                filter: "\"DrawnAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CallbackMessages_NextAt",
                table: "CallbackMessages",
                column: "NextAt");

            migrationBuilder.CreateIndex(
                name: "IX_CaseContests_District_FiledAt",
                table: "CaseContests",
                columns: new[] { "District", "FiledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseContests_District_State_DueAt",
                table: "CaseContests",
                columns: new[] { "District", "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseContests_Unit_FiledAt",
                table: "CaseContests",
                columns: new[] { "Unit", "FiledAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CallbackMessages");

            migrationBuilder.DropTable(
                name: "CallbackPlans");

            migrationBuilder.DropTable(
                name: "CallbackTurns");

            migrationBuilder.DropTable(
                name: "CaseContests");

            migrationBuilder.DropIndex(
                name: "IX_Cases_CallAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_FirstReceiver_DrawnAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CallbackWay",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CalledBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "DrawnAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "HasSpoken",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "IsRecalled",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "LinkUntil",
                table: "Cases");
        }
    }
}
